using Actors.Engine;
using Actors.Engine.Views;
using Actors.Gateway.Json.Operations;
using Actors.Gateway.Problems;
using Actors.Gateway.Transactions;
using Actors.Ledger;
using Actors.Ledger.Transactions;

namespace Actors.Gateway.Channels;

/// <summary>
/// Makes of each transfer to an address on another chain the send over a channel that it means: over the one that is open to that chain and has a route for
/// the debited account's asset. What is signed then names the channel, by its route's account, and the peer by its genesis hash. The same JSON gives the
/// same bytes as long as the same one channel fits.
/// </summary>
internal sealed class TransfersAcross
{
    private const ulong TimeoutAfterExpiryMs = 60 * 60 * 1_000;
    private readonly ILedgerChain _chain;

    // A bulk is mostly of few accounts and one peer: each is asked for once, which in a cluster is a message each time.
    private readonly Dictionary<AccountNumber, AssetNumber> _assets = [];
    private readonly Dictionary<(ChainId Peer, AssetNumber Asset, ulong? Channel), RouteToPeer> _routes = [];

    private TransfersAcross(ILedgerChain chain) => _chain = chain;

    /// <summary>Whether there is anything to resolve.</summary>
    public static bool AreIn(UnsignedJson unsigned, ChainId id) => unsigned.Operations.Any(operation => operation is TransferJson transfer && transfer.IsAcross(id));

    /// <exception cref="RefusedException">No channel fits, or several do and none is named.</exception>
    public static async ValueTask<T> ResolveAsync<T>(ILedgerChain chain, T unsigned, CancellationToken cancellation) where T : UnsignedJson
    {
        var id = chain.Genesis.ChainId;
        if (!AreIn(unsigned, id))
        {
            return unsigned;
        }

        var resolved = unsigned.Operations.ToArray();
        var across = new TransfersAcross(chain);
        for (var i = 0; i < resolved.Length; i++)
        {
            if (resolved[i] is TransferJson transfer && transfer.IsAcross(id))
            {
                resolved[i] = await across.SendAsync(transfer, i, unsigned.Expiry, cancellation);
            }
        }

        return unsigned with { Operations = resolved };
    }

    private async ValueTask<SendJson> SendAsync(TransferJson transfer, int index, Timestamp expiry, CancellationToken cancellation)
    {
        if (transfer.Reference is not null)
        {
            throw new RefusedException(Outcome.Malformed, $"operation {index}: a transfer to another chain has a memo, and no reference");
        }

        var debit = transfer.Debit.On(_chain.Genesis.ChainId);
        if (debit.IsCreated)
        {
            throw new RefusedException(Outcome.Malformed, $"operation {index}: an account that is opened in the same transaction has no asset yet; name the route with a send");
        }

        var asset = await AssetOfAsync(new AccountNumber(debit.Value), index, cancellation);
        var peer = transfer.Credit.Chain!.Value;
        if (!_routes.TryGetValue((peer, asset, transfer.Channel), out var found))
        {
            _routes.Add((peer, asset, transfer.Channel), found = await FindAsync(_chain, peer, asset, transfer.Channel, cancellation));
        }

        return new SendJson(transfer.Debit, found.Route.Account, new AccountNumber(transfer.Credit.Reference.Value), transfer.Amount, transfer.Timeout ?? TimeoutAfter(expiry))
        {
            Memo = transfer.Memo,
            Peer = found.Channel.Peer.Genesis,
            Linked = transfer.Linked,
        };
    }

    // Of an expiry at the end of time too, which the ledger refuses with a reason.
    private static Timestamp TimeoutAfter(Timestamp expiry) => new(Math.Min(expiry.Ms + TimeoutAfterExpiryMs, Limits.TimeMsMax));

    /// <exception cref="RefusedException">There is no such account.</exception>
    private async ValueTask<AssetNumber> AssetOfAsync(AccountNumber debit, int index, CancellationToken cancellation)
    {
        if (!_assets.TryGetValue(debit, out var asset))
        {
            var account = await _chain.GetAccountAsync(debit, current: false, cancellation)
                ?? throw new RefusedException(ProblemKind.AccountNotFound, $"operation {index}: chain '{_chain.Genesis.ChainId}' has no account {debit}");
            _assets.Add(debit, asset = account.Asset);
        }

        return asset;
    }

    private static async ValueTask<RouteToPeer> FindAsync(ILedgerChain chain, ChainId peer, AssetNumber asset, ulong? channel, CancellationToken cancellation)
    {
        var found = await RequireAsync(chain, peer, asset, cancellation);
        if (channel is { } wanted)
        {
            return found.FirstOrDefault(candidate => candidate.Channel.Number == wanted)
                ?? throw new RefusedException(ProblemKind.NoChannelFits, $"channel {wanted} is not an open channel to '{peer}' with a route for asset {asset}; these are: {Numbers(found)}");
        }

        return found.Count == 1
            ? found[0]
            : throw new RefusedException(ProblemKind.SeveralChannelsFit, $"{found.Count} channels to '{peer}' have a route for asset {asset}: name one of them as channel: {Numbers(found)}");
    }

    /// <exception cref="RefusedException">There is none.</exception>
    public static async ValueTask<IReadOnlyList<RouteToPeer>> RequireAsync(ILedgerChain chain, ChainId peer, AssetNumber asset, CancellationToken cancellation)
    {
        var found = await chain.Channels.FindRoutesAsync(peer.Value, asset, IChannelReads.PageMax, cancellation)
            ?? throw new RefusedException(ProblemKind.NoChannelFits, $"chain '{chain.Genesis.ChainId}' knows no chain '{peer}': its operator makes it known when a channel is opened");
        return found.Count > 0
            ? found
            : throw new RefusedException(ProblemKind.NoChannelFits, $"no open channel from '{chain.Genesis.ChainId}' to '{peer}' has a route for asset {asset}");
    }

    private static string Numbers(IReadOnlyList<RouteToPeer> found) => string.Join(", ", found.Select(candidate => candidate.Channel.Number));
}
