using System.Diagnostics;
using Actors.Cli.Client;
using Actors.Cli.Terminals;
using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Assets;
using Actors.Ledger.Chains;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;

namespace Actors.Cli.Bench;

/// <summary>
/// The chain of a run: one asset, whose issuer's account 1 has no floor, and the owners' accounts, each of which received the
/// same amount from it. What is touched first, and how long that took, is part of the report.
/// </summary>
internal sealed class BenchLedger(ChainId chain, OwnerLayout layout, Streams streams) : IDisposable
{
    private const int FundingInFlightMax = 4;

    // One signature is left for the issuer, who has to agree where owners have many accounts.
    private const int OwnersPerTransactionMax = Limits.SignaturesPerTransactionMax - 1;
    private const long FundedMax = 1_000_000_000_000;
    private const long FundedTotalMax = 4_000_000_000_000_000_000;
    private readonly SigningKey _operator = SigningKey.Create();
    private readonly SigningKey _issuer = SigningKey.Create();
    private readonly SigningKey[] _owners = new SigningKey[layout.Keysets];

    public ChainId Chain => chain;

    public Genesis Genesis { get; private set; } = null!;

    /// <summary>One key a keyset.</summary>
    public IReadOnlyList<SigningKey> Owners => _owners;

    public OwnerLayout Layout => layout;

    /// <summary>What each account starts with, in minor units.</summary>
    public long Funded { get; } = Math.Min(FundedMax, FundedTotalMax / layout.Accounts);

    /// <summary>How long it took to credit every account for the first time, in bulk.</summary>
    public TimeSpan FirstTouch { get; private set; }

    public async Task CreateAsync(IBenchTarget target, CancellationToken cancellation)
    {
        await ProgressDisplay.RunAsync(streams, $"making {layout.Keysets} keys", advance => Task.Run(() => MakeKeys(advance), cancellation));
        Genesis = await target.CreateChainAsync(chain, KeysetDefinition.Single(_operator.Public), cancellation);
        await SubmitAsync(target, Issue(), cancellation);
        await ProgressDisplay.RunAsync(streams, $"opening {layout.Accounts} accounts of {layout.Keysets} keysets", advance => OpenAsync(target, advance, cancellation));
        var opened = await target.CountAccountsAsync(cancellation);
        if (opened != (ulong)layout.Accounts + 1)
        {
            throw new CannotRunException($"the chain has {opened} accounts after opening, expected {layout.Accounts + 1}");
        }

        await ProgressDisplay.RunAsync(streams, $"first touch of {layout.Accounts} accounts", advance => FundAsync(target, advance, cancellation));
    }

    public void Dispose()
    {
        foreach (var key in (IEnumerable<SigningKey?>)[_operator, _issuer, .. _owners])
        {
            key?.Dispose();
        }
    }

    private void MakeKeys(Advance advance)
    {
        advance.Total = _owners.Length;
        Parallel.For(0, _owners.Length, i =>
        {
            _owners[i] = SigningKey.Create();
            advance.Add(1);
        });
    }

    private byte[] Issue()
    {
        var builder = new TransactionBuilder(Genesis.Hash);
        var issuer = builder.Create(new OpenKeyset(KeysetDefinition.Single(_issuer.Public)));
        var asset = builder.Create(new CreateAsset(issuer, 2, "BENCH"));
        builder.Add(new OpenAccounts(issuer, asset, 1, AccountLimits.NoFloor));
        return builder.Sign(builder.Build(Expiry(0)), [_operator, _issuer]);
    }

    // One at a time, so that accounts get their numbers in the order of the layout.
    private async Task OpenAsync(IBenchTarget target, Advance advance, CancellationToken cancellation)
    {
        advance.Total = layout.Keysets;
        for (var first = 0; first < layout.Keysets; first += OwnersPerTransactionMax)
        {
            var count = Math.Min(OwnersPerTransactionMax, layout.Keysets - first);
            await SubmitAsync(target, Open(first, count), cancellation);
            advance.Add(count);
        }
    }

    private byte[] Open(int first, int count)
    {
        var builder = new TransactionBuilder(Genesis.Hash);
        for (var keyset = first; keyset < first + count; keyset++)
        {
            var owner = builder.Create(new OpenKeyset(KeysetDefinition.Single(_owners[keyset].Public)));
            builder.Add(new OpenAccounts(owner, EntityReference.Numbered(1), (ulong)layout.Count(keyset)));
        }

        var owners = _owners.AsEnumerable().Skip(first).Take(count);
        var needsIssuer = Enumerable.Range(first, count).Any(keyset => (ulong)layout.Count(keyset) > Genesis.Settings.OpenWithoutIssuerMax);
        return builder.Sign(builder.Build(Expiry(0)), needsIssuer ? owners.Append(_issuer) : owners);
    }

    private async Task FundAsync(IBenchTarget target, Advance advance, CancellationToken cancellation)
    {
        advance.Total = layout.Accounts;
        var bulks = Enumerable.Range(0, layout.Accounts).Chunk(Limits.OperationsPerTransactionMax).Select((places, i) => (Envelope: Fund(places, i), places.Length)).ToArray();
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(bulks, new ParallelOptions { MaxDegreeOfParallelism = FundingInFlightMax, CancellationToken = cancellation }, async (bulk, stop) =>
        {
            await SubmitAsync(target, bulk.Envelope, stop);
            advance.Add(bulk.Length);
        });
        FirstTouch = watch.Elapsed;
    }

    private byte[] Fund(int[] places, int index)
    {
        var builder = new TransactionBuilder(Genesis.Hash, TransactionKind.Bulk);
        foreach (var place in places)
        {
            builder.Add(new Transfer(AccountReference.Numbered(new AccountNumber(1)), AccountReference.Numbered(OwnerLayout.NumberOf(place)), Funded));
        }

        return builder.Sign(builder.Build(Expiry(index)), [_issuer]);
    }

    private static async Task SubmitAsync(IBenchTarget target, byte[] envelope, CancellationToken cancellation)
    {
        var answer = await target.SubmitAsync(envelope, cancellation);
        if (!answer.IsCommitted || answer.Refused is not null)
        {
            throw new RefusedException(answer.Outcome, $"while the accounts were being set up: {answer.Detail ?? "an operation of a bulk failed"}");
        }
    }

    private static Timestamp Expiry(int spreadMs) => new((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + (Limits.ValidityMsMax / 2) + (ulong)spreadMs);
}
