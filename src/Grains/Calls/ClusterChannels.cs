using Actors.Engine;
using Actors.Engine.Views;
using Actors.Grains.Channels;
using Actors.Ledger;
using Actors.Ledger.Transactions;

namespace Actors.Grains.Calls;

/// <summary>Reads of the channels of one chain of a cluster: calls to the chain's grain.</summary>
internal sealed class ClusterChannels(ClusterChain chain) : IChannelReads
{
    public async ValueTask<IReadOnlyList<PeerView>> ListPeersAsync(uint after, int countMax, CancellationToken cancellation) =>
        [.. (await chain.CallAsync(grain => grain.ListPeersAsync(after, countMax), cancellation).ConfigureAwait(false)).Select(ChannelWire.View)];

    public async ValueTask<PeerView?> GetPeerAsync(uint number, bool current, CancellationToken cancellation) =>
        await chain.CallAsync(grain => grain.GetPeerAsync(number, current), cancellation).ConfigureAwait(false) is { } state ? ChannelWire.View(state) : null;

    public async ValueTask<IReadOnlyList<ChannelView>> ListAsync(uint after, int countMax, CancellationToken cancellation) =>
        [.. (await chain.CallAsync(grain => grain.ListChannelsAsync(after, countMax), cancellation).ConfigureAwait(false)).Select(ChannelWire.View)];

    public async ValueTask<ChannelView?> GetAsync(uint number, bool current, CancellationToken cancellation) =>
        await chain.CallAsync(grain => grain.GetChannelAsync(number, current), cancellation).ConfigureAwait(false) is { } answer ? ChannelWire.View(answer) : null;

    public async ValueTask<IReadOnlyList<RouteView>> ListRoutesAsync(uint channel, uint after, int countMax, CancellationToken cancellation) =>
        [.. (await chain.CallAsync(grain => grain.ListRoutesAsync(channel, after, countMax), cancellation).ConfigureAwait(false)).Select(ChannelWire.View)];

    public async ValueTask<IReadOnlyList<RouteToPeer>?> FindRoutesAsync(string peer, AssetNumber asset, int countMax, CancellationToken cancellation) =>
        await chain.CallAsync(grain => grain.FindRoutesAsync(peer, asset.Value, countMax), cancellation).ConfigureAwait(false) is { } found ? [.. found.Select(ChannelWire.View)] : null;

    public async ValueTask<PacketPage?> ListPacketsAsync(uint channel, PacketQuery query, CancellationToken cancellation) =>
        await chain.CallAsync(grain => grain.ListPacketsAsync(channel, ChannelWire.Request(query)), cancellation).ConfigureAwait(false) is { } answer ? ChannelWire.View(answer) : null;

    public async ValueTask<ReceivedPacketSearch?> FindReceivedAsync(uint channel, ulong sequence, Height? before, CancellationToken cancellation) =>
        await chain.CallAsync(grain => grain.FindReceivedAsync(channel, sequence, before?.Value), cancellation).ConfigureAwait(false) is { } answer ? ChannelWire.View(channel, sequence, answer) : null;

    public async ValueTask<byte[]?> ProvePacketAsync(uint channel, ulong sequence, bool refunded, Height height, CancellationToken cancellation) =>
        await chain.CallAsync(grain => grain.ProvePacketAsync(channel, sequence, refunded, height.Value), cancellation).ConfigureAwait(false);

    public async ValueTask<DeliveryPage?> GetDeliveriesAsync(TransactionId id, DeliveryQuery query, CancellationToken cancellation) =>
        await chain.CallAsync(grain => grain.GetDeliveriesAsync(id.Value.ToArray(), ChannelWire.Request(query)), cancellation).ConfigureAwait(false) is { } answer ? ChannelWire.View(answer) : null;
}
