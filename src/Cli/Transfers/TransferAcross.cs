using Actors.Cli.Client;
using Actors.Cli.Terminals;
using Actors.Cli.Transactions;
using Actors.Ledger;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;

namespace Actors.Cli.Transfers;

/// <summary>
/// A transfer to an address on another chain: a send over the one channel that fits, or the one that is named. What is signed names the channel, by its
/// route's account, and the other chain by its genesis hash.
/// </summary>
internal sealed class TransferAcross(CommonOptions common, MovementOptions movement, AcrossOptions across, SigningOptions signing)
{
    public async Task<int> RunAsync(Session session, CancellationToken cancellation)
    {
        var (from, to) = (movement.From(session), movement.To(session));
        var chain = session.Chain(common, from);
        if (movement.HasReference(session))
        {
            throw new CannotRunException("a transfer to another chain has a --memo, and no reference");
        }

        using var keys = signing.Read(session);
        var node = session.Node(common);
        var asset = (await node.GetAccountAsync(from, cancellation)).Value.Asset;
        var found = Choose((await node.FindRoutesAsync(chain, to.Chain, asset, cancellation)).Value.Routes, across.Channel(session), to.Chain);
        var amount = await movement.AmountAsync(session, node, cancellation);
        var send = new Send(
            AccountReference.Numbered(from.Number),
            new AccountNumber(found.Route.Account),
            to.Number,
            amount,
            across.Timeout(session),
            Memo: across.Memo(session),
            Peer: Hash256.Parse(found.Channel.Peer.Genesis));
        var submission = new Submission(common, signing);
        var (transaction, envelope) = await submission.SignAsync(session, node, chain, keys, builder => builder.Add(send), cancellation);
        return across.Awaits(session)
            ? await DeliveryReport.SendAsync(session, node, chain, transaction, envelope, session.Patience(common), cancellation)
            : await Submission.SendAsync(session, node, chain, transaction, envelope, cancellation);
    }

    private static RouteToPeer Choose(IReadOnlyList<RouteToPeer> routes, uint? channel, ChainId peer)
    {
        var numbers = string.Join(", ", routes.Select(route => route.Channel.Number));
        if (channel is { } wanted)
        {
            return routes.FirstOrDefault(route => route.Channel.Number == wanted)
                ?? throw new CannotRunException($"channel {wanted} is not an open channel to {peer} with a route for the account's asset; these are: {numbers}");
        }

        return routes.Count == 1 ? routes[0] : throw new CannotRunException($"{routes.Count} channels to {peer} have a route for the account's asset: name one with --channel: {numbers}");
    }
}
