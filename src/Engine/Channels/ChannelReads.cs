using System.Text;
using Actors.Engine.Chains;
using Actors.Engine.Clocks;
using Actors.Engine.History;
using Actors.Engine.Stores;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Proofs;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Channels;

/// <summary>Reads of a chain's channels: what stands from the loop, where it came from and went from the log.</summary>
internal sealed class ChannelReads(LedgerChain chain, IChainStore store, ClockGuard clock) : IChannelReads
{
    public ValueTask<IReadOnlyList<PeerView>> ListPeersAsync(uint after, int countMax, CancellationToken cancellation) =>
        chain.Read(core => CommittedChannelViews.Peers(core, after, InPage(countMax, IChannelReads.PageMax)), false, cancellation);

    public ValueTask<PeerView?> GetPeerAsync(uint number, bool current, CancellationToken cancellation) =>
        chain.ReadOrConfirm(core => CommittedChannelViews.Peer(core, number), current, cancellation);

    public ValueTask<IReadOnlyList<ChannelView>> ListAsync(uint after, int countMax, CancellationToken cancellation) =>
        chain.Read(core => CommittedChannelViews.Channels(core, after, InPage(countMax, IChannelReads.PageMax)), false, cancellation);

    public ValueTask<ChannelView?> GetAsync(uint number, bool current, CancellationToken cancellation) =>
        chain.ReadOrConfirm(core => CommittedChannelViews.Channel(core, number), current, cancellation);

    public ValueTask<IReadOnlyList<RouteView>> ListRoutesAsync(uint channel, uint after, int countMax, CancellationToken cancellation) =>
        chain.Read(core => CommittedChannelViews.Routes(core, channel, after, InPage(countMax, IChannelReads.PageMax)), false, cancellation);

    public ValueTask<IReadOnlyList<RouteToPeer>?> FindRoutesAsync(string peer, AssetNumber asset, int countMax, CancellationToken cancellation) =>
        chain.ReadOrConfirm(core => CommittedChannelViews.RoutesTo(core, peer, asset, InPage(countMax, IChannelReads.PageMax)), false, cancellation);

    public async ValueTask<PacketPage?> ListPacketsAsync(uint channel, PacketQuery query, CancellationToken cancellation)
    {
        InPage(query.CountMax, PacketQuery.PacketsPerPageMax);
        var now = clock.UnixMs;
        var oldBelow = await chain.FromLog(() => store.FirstHeightAtOrAfter(now - Math.Min(now, (ulong)PacketQuery.StuckAfter.TotalMilliseconds)), cancellation).ConfigureAwait(false);
        var page = await chain.ReadOrConfirm(core => UnsettledPackets.Take(core, channel, query, oldBelow, now), false, cancellation).ConfigureAwait(false);
        return page is null ? null : await chain.FromLog(() => Show(page, oldBelow, now), cancellation).ConfigureAwait(false);
    }

    public async ValueTask<DeliveryPage?> GetDeliveriesAsync(TransactionId id, DeliveryQuery query, CancellationToken cancellation)
    {
        InPage(query.CountMax, DeliveryQuery.DeliveriesPerPageMax);
        if ((await chain.FindTransactionAsync(id, cancellation).ConfigureAwait(false)).Recorded is not { } recorded)
        {
            return null;
        }

        var sent = await chain.FromLog(() => SentDeliveries.Of(StoredBlocks.Parse(store, recorded.Place.Height), recorded.Place.Index, query), cancellation).ConfigureAwait(false);
        var now = clock.UnixMs;
        var standing = await chain.OnLoop(core => DeliveryStanding.Take(core, sent, recorded.Time, now), cancellation).ConfigureAwait(false);
        return standing.HasSettled
            ? await chain.FromLog(() => standing.Finish(new SettlingWalk(store), Math.Max(recorded.Place.Height.Value + 1, query.From.Value)), cancellation).ConfigureAwait(false)
            : standing.Page;
    }

    public async ValueTask<ReceivedPacketSearch?> FindReceivedAsync(uint channel, ulong sequence, Height? before, CancellationToken cancellation)
    {
        var newest = await chain.Read(core => NewestAcknowledgement(core, channel, sequence), false, cancellation).ConfigureAwait(false)
            ?? await chain.Read(core => NewestAcknowledgement(core, channel, sequence), true, cancellation).ConfigureAwait(false);
        if (newest is not { } height)
        {
            return null;
        }

        var walk = new ReceivedWalk(store, channel);
        return await chain.FromLog(
            () => before is { Value: > 0 } cursor && cursor.Value <= height ? walk.FindBelow(cursor.Value - 1, sequence) : walk.Find(height, sequence),
            cancellation).ConfigureAwait(false);
    }

    public async ValueTask<byte[]?> ProvePacketAsync(uint channel, ulong sequence, bool refunded, Height height, CancellationToken cancellation)
    {
        if (await chain.GetSignedHeaderAsync(height, cancellation).ConfigureAwait(false) is null)
        {
            return null;
        }

        var (block, anchor) = await chain.BlockAndAnchor(height, cancellation).ConfigureAwait(false);
        return PacketProof.TryBuild(anchor, block, channel, sequence, refunded)?.Encode();
    }

    private static ulong? NewestAcknowledgement(ChainCore core, uint channel, ulong sequence)
    {
        if (channel == 0 || channel > core.Channels.Count)
        {
            return null;
        }

        ref readonly var record = ref core.Channels.Read(channel);
        return sequence > 0 && sequence <= record.Received ? record.AcknowledgedAt : null;
    }

    private static PacketPage ShowAll(UnsettledPage page, PacketOrigins origins, ulong oldBelow, ulong nowMs) =>
        new(page.Channel, [.. page.Packets.Select(packet => Show(page.Channel, packet, origins.Find(page.Channel.Number, packet), oldBelow, nowMs))], page.Next);

    private PacketPage Show(UnsettledPage page, ulong oldBelow, ulong nowMs) => ShowAll(page, new PacketOrigins(store), oldBelow, nowMs);

    private static PacketView Show(ChannelView channel, UnsettledPacket unsettled, in PacketOrigin origin, ulong oldBelow, ulong nowMs)
    {
        var record = unsettled.Record;
        var packet = Packet.Parse(unsettled.Bytes.Span);
        var wait = PacketWaits.Of(channel, record, origin.Time, nowMs);
        return new PacketView(channel.Number, unsettled.Sequence, PacketWaits.StatusOf(record), wait)
        {
            IsStuck = PacketWaits.IsStuck(wait, record.Height < oldBelow),
            Sender = packet.Sender,
            Timeout = packet.Timeout,
            Transaction = origin.Transaction,
            Operation = origin.Operation,
            SentAt = new Height(record.Height),
            SentTime = origin.Time,
            Route = unsettled.Route?.Number,
            Asset = unsettled.Route?.Asset,
            Amount = packet.IsMessage ? null : packet.Amount,
            Recipient = packet.IsMessage ? null : packet.Recipient,
            Delivers = packet.Delivers.Value > 0 ? packet.Delivers : null,
            Memo = packet.Memo.ToArray(),
            Handler = packet.IsMessage ? Encoding.Latin1.GetString(packet.Handler) : null,
            Payload = packet.Payload.ToArray(),
        };
    }

    private static int InPage(int countMax, int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(countMax, max);
        return countMax;
    }
}
