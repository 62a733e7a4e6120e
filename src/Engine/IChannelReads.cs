using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Transactions;

namespace Actors.Engine;

/// <summary>
/// A chain's peers, channels and what is on its way over them, as of what is committed. Pages go by number, from the one after
/// <c>after</c> on, at most <c>countMax</c> (1 to <see cref="PageMax"/>).
/// </summary>
public interface IChannelReads
{
    public const int PageMax = 1_000;

    ValueTask<IReadOnlyList<PeerView>> ListPeersAsync(uint after, int countMax, CancellationToken cancellation);

    ValueTask<PeerView?> GetPeerAsync(uint number, bool current, CancellationToken cancellation);

    ValueTask<IReadOnlyList<ChannelView>> ListAsync(uint after, int countMax, CancellationToken cancellation);

    ValueTask<ChannelView?> GetAsync(uint number, bool current, CancellationToken cancellation);

    /// <summary>The routes over a channel; none when there is no such channel.</summary>
    ValueTask<IReadOnlyList<RouteView>> ListRoutesAsync(uint channel, uint after, int countMax, CancellationToken cancellation);

    /// <summary>
    /// The open channels to the peer with this name that have a route for an asset of this chain, at most <paramref name="countMax"/>; null when the
    /// chain knows no such peer.
    /// </summary>
    ValueTask<IReadOnlyList<RouteToPeer>?> FindRoutesAsync(string peer, AssetNumber asset, int countMax, CancellationToken cancellation);

    /// <summary>Packets of a channel that are not settled; null when there is no such channel.</summary>
    ValueTask<PacketPage?> ListPacketsAsync(uint channel, PacketQuery query, CancellationToken cancellation);

    /// <summary>
    /// Finds the operation that received a packet of the peer, walking backwards through the blocks that received something over the channel, from the newest
    /// one below <paramref name="before"/> that is known. Null when there is no such channel, or it has not received that packet.
    /// </summary>
    /// <param name="channel">The channel.</param>
    /// <param name="sequence">The packet.</param>
    /// <param name="before">Null, or <see cref="ReceivedPacketSearch.Before"/> of a search before.</param>
    /// <param name="cancellation">Stops the search.</param>
    ValueTask<ReceivedPacketSearch?> FindReceivedAsync(uint channel, ulong sequence, Height? before, CancellationToken cancellation);

    /// <summary>
    /// The packet file from a block that received a packet of the peer or, with <paramref name="refunded"/>, refunded one that this chain sent; null when that block moved no
    /// value so.
    /// </summary>
    ValueTask<byte[]?> ProvePacketAsync(uint channel, ulong sequence, bool refunded, Height height, CancellationToken cancellation);

    /// <summary>What became of the packets that a transaction sent; null when it is not recorded. Always current.</summary>
    ValueTask<DeliveryPage?> GetDeliveriesAsync(TransactionId id, DeliveryQuery query, CancellationToken cancellation);
}
