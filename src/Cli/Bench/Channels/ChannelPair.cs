using Actors.Cli.Client;
using Actors.Engine;
using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Assets;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;

namespace Actors.Cli.Bench.Channels;

/// <summary>
/// Two chains of the run with an open channel and a route for the home chain's asset. One key is operator and owner of all: what is
/// measured signs once for a bulk of sends.
/// </summary>
internal sealed class ChannelPair(IChannelsPlace place, string name, PairPlan plan, uint inFlightMax) : IDisposable
{
    private const long Funded = 1_000_000_000_000;
    private static readonly AccountNumber Escrow = new(2);
    private static readonly AccountNumber Issuer = new(1);
    private static readonly AccountNumber FirstAtHome = new(3);
    private static readonly AccountNumber FirstAway = new(2);
    private static readonly TimeSpan PacketTimeout = TimeSpan.FromHours(1);
    private readonly SigningKey _key = SigningKey.Create();
    private ReadOnlyMemory<byte>[] _bulks = [];

    public IPairChain Home { get; private set; } = null!;

    public IPairChain Away { get; private set; } = null!;

    public int BulkCount => _bulks.Length;

    public ReadOnlyMemory<byte> Bulk(int bulk) => _bulks[bulk];

    public async Task CreateAsync(CancellationToken cancellation)
    {
        Home = await place.Home.CreateAsync(ChainId.Parse($"home{name}"), KeysetDefinition.Single(_key.Public), cancellation);
        Away = await place.Away.CreateAsync(ChainId.Parse($"away{name}"), KeysetDefinition.Single(_key.Public), cancellation);
        await SubmitAsync(Home, KnowAndOpen(Home, Away, 0), cancellation);
        await SubmitAsync(Away, KnowAndOpen(Away, Home, 1), cancellation);
        await Home.PositionAsync(position => position.Cursor.IsConfirmed, cancellation);
        await Away.PositionAsync(position => position.Cursor.IsConfirmed, cancellation);
        var home = new TransactionBuilder(Home.Genesis.Hash);
        var asset = home.Create(new CreateAsset(EntityReference.Numbered(1), 2, "BENCH"));
        home.Add(new OpenAccounts(EntityReference.Numbered(1), asset, 1, AccountLimits.NoFloor));
        home.Add(new OpenRoute(EntityReference.Numbered(1), asset));
        home.Add(new OpenAccounts(EntityReference.Numbered(1), asset, (ulong)plan.Accounts));
        await SubmitAsync(Home, home, cancellation);
        await SubmitAsync(Away, new TransactionBuilder(Away.Genesis.Hash).Add(new OpenRoute(EntityReference.Numbered(1), default, new Voucher(1, 2, "HOME.BENCH"))), cancellation);
        var away = new TransactionBuilder(Away.Genesis.Hash);
        await SubmitAsync(Away, away.Add(new OpenAccounts(EntityReference.Numbered(1), EntityReference.Numbered(1), (ulong)plan.Accounts)), cancellation);
        for (var first = 0; first < plan.Accounts; first += Limits.OperationsPerTransactionMax)
        {
            await SubmitAsync(Home, Fund(first, Math.Min(Limits.OperationsPerTransactionMax, plan.Accounts - first)), cancellation);
        }
    }

    public void Sign(int bulks)
    {
        _bulks = new ReadOnlyMemory<byte>[bulks];
        var sends = new PlannedSend[plan.SendsPerBulk];
        var timeout = new Timestamp((ulong)(DateTimeOffset.UtcNow + PacketTimeout).ToUnixTimeMilliseconds());
        for (var bulk = 0; bulk < bulks; bulk++)
        {
            plan.Fill(bulk, sends);
            var builder = new TransactionBuilder(Home.Genesis.Hash, TransactionKind.Bulk);
            foreach (var send in sends)
            {
                builder.Add(new Send(
                    AccountReference.Numbered(PairPlan.NumberOf(FirstAtHome, send.Debit)), Escrow, PairPlan.NumberOf(FirstAway, send.Recipient), send.Amount, timeout));
            }

            _bulks[bulk] = builder.Sign(builder.Build(Expiry(bulk)), [_key]);
        }
    }

    /// <summary>
    /// Compares every account of both chains, in nodes that were opened for it, with what the first <paramref name="bulks"/> bulks leave it with; null
    /// when all agree.
    /// </summary>
    public async Task<string?> FindMismatchAsync(ILedgerNode homeNode, ILedgerNode awayNode, int bulks, CancellationToken cancellation)
    {
        var homeChain = (await homeNode.FindChainAsync(Home.Genesis.ChainId, cancellation))!;
        var awayChain = (await awayNode.FindChainAsync(Away.Genesis.ChainId, cancellation))!;
        var home = new long[plan.Accounts];
        var away = new long[plan.Accounts];
        Array.Fill(home, Funded);
        var total = Apply(bulks, home, away);
        return await CompareAsync(homeChain, Escrow, total, cancellation)
            ?? await CompareAsync(homeChain, new AccountNumber(1), -Funded * plan.Accounts, cancellation)
            ?? await CompareAsync(awayChain, Issuer, -total, cancellation)
            ?? await CompareAsync(homeChain, FirstAtHome, home, cancellation)
            ?? await CompareAsync(awayChain, FirstAway, away, cancellation);
    }

    public void Dispose() => _key.Dispose();

    private TransactionBuilder KnowAndOpen(IPairChain chain, IPairChain peer, uint answers)
    {
        var builder = new TransactionBuilder(chain.Genesis.Hash);
        var known = builder.Create(new OpenPeer(peer.Genesis.ChainId, peer.Genesis));
        return builder.Add(new OpenChannel(known, inFlightMax, answers));
    }

    private TransactionBuilder Fund(int first, int count)
    {
        var builder = new TransactionBuilder(Home.Genesis.Hash, TransactionKind.Bulk);
        for (var place = first; place < first + count; place++)
        {
            builder.Add(new Transfer(AccountReference.Numbered(new AccountNumber(1)), AccountReference.Numbered(PairPlan.NumberOf(FirstAtHome, place)), Funded));
        }

        return builder;
    }

    private Task SubmitAsync(IPairChain chain, TransactionBuilder builder, CancellationToken cancellation) =>
        chain.CommitAsync(builder.Sign(builder.Build(Expiry(0)), [_key]), "the setting up of a pair", cancellation);

    private long Apply(int bulks, long[] home, long[] away)
    {
        var total = 0L;
        var sends = new PlannedSend[plan.SendsPerBulk];
        for (var bulk = 0; bulk < bulks; bulk++)
        {
            plan.Fill(bulk, sends);
            foreach (var send in sends)
            {
                home[send.Debit] -= send.Amount;
                away[send.Recipient] += send.Amount;
                total += send.Amount;
            }
        }

        return total;
    }

    private static async Task<string?> CompareAsync(ILedgerChain chain, AccountNumber first, long[] expected, CancellationToken cancellation)
    {
        for (var place = 0; place < expected.Length; place++)
        {
            if (await CompareAsync(chain, PairPlan.NumberOf(first, place), expected[place], cancellation) is { } mismatch)
            {
                return mismatch;
            }
        }

        return null;
    }

    private static async Task<string?> CompareAsync(ILedgerChain chain, AccountNumber account, long expected, CancellationToken cancellation)
    {
        var found = (await chain.GetAccountAsync(account, false, cancellation))?.Posted;
        return found == expected ? null : $"account {account} of {chain.Genesis.ChainId} holds {found}, expected {expected}";
    }

    private static Timestamp Expiry(int spreadMs) => new((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + (Limits.ValidityMsMax * 9 / 10) + (ulong)spreadMs);
}
