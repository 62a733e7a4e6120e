using System.Text;
using Actors.Engine.Chains;
using Actors.Engine.Reads;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Channels;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.State;

namespace Actors.Engine.Channels;

/// <summary>Peers, channels and routes as readers are shown them, as of the newest durable block. Used on the chain's loop only.</summary>
internal static class CommittedChannelViews
{
    public static PeerView? Peer(ChainCore core, uint number) =>
        CommittedRecords.TryRead<PeerRecord>(core, TableId.Peers, number, out var peer)
            ? new PeerView(number, Encoding.Latin1.GetString(peer.Name.AsSpan()[..peer.NameLength]), peer.Genesis, new Height(core.Committed.Height))
            {
                HeaderHeight = new Height(peer.Height),
                HeaderTime = new Timestamp(peer.TimeMs),
                FrozenSince = peer.IsFrozen ? new Timestamp(peer.FrozenAtMs) : null,
                ConflictHeight = peer.ConflictHeight == 0 ? null : new Height(peer.ConflictHeight),
            }
            : null;

    public static IReadOnlyList<PeerView> Peers(ChainCore core, uint after, int countMax) =>
        Page(after, CommittedRecords.Count(core, TableId.Peers), countMax, number => Peer(core, number)!);

    public static ChannelView? Channel(ChainCore core, uint number)
    {
        if (number == 0 || number > core.Channels.Count)
        {
            return null;
        }

        ref readonly var channel = ref core.Channels.Read(number);
        var peer = Peer(core, channel.Peer) ?? throw new BrokenInvariantException($"channel {number} is to peer {channel.Peer}, which does not exist");
        return new ChannelView(number, peer, channel.State, new Height(core.Committed.Height))
        {
            PeerChannel = channel.PeerChannel,
            Paused = channel.IsPaused,
            InFlightMax = channel.InFlightMax,
            Sent = channel.Sent,
            Settled = channel.Settled,
            TimedOut = channel.TimedOut,
            Received = channel.Received,
            Acknowledged = channel.Acknowledged,
            Consumed = channel.Consumed,
        };
    }

    public static IReadOnlyList<ChannelView> Channels(ChainCore core, uint after, int countMax) =>
        Page(after, core.Channels.Count, countMax, number => Channel(core, number)!);

    public static IReadOnlyList<RouteView> Routes(ChainCore core, uint channel, uint after, int countMax)
    {
        var count = CommittedRecords.Count(core, TableId.Routes);
        return [.. core.State.Routes.Over(channel).SkipWhile(number => number <= after).TakeWhile(number => number <= count).Take(countMax).Select(number => Route(core, number))];
    }

    public static IReadOnlyList<RouteToPeer>? RoutesTo(ChainCore core, string name, AssetNumber asset, int countMax)
    {
        if (core.State.Peers.Find(name) is not { } peer || peer > CommittedRecords.Count(core, TableId.Peers))
        {
            return null;
        }

        var found = new List<RouteToPeer>();
        var routeCount = CommittedRecords.Count(core, TableId.Routes);
        foreach (var number in core.State.Channels.To(peer))
        {
            if (number > core.Channels.Count || found.Count == countMax)
            {
                break;
            }

            if (core.Channels.Read(number).State == ChannelState.Open && core.State.Routes.TryFindAsset(number, asset.Value, out var route) && route <= routeCount)
            {
                found.Add(new RouteToPeer(Channel(core, number)!, Route(core, route)));
            }
        }

        return found;
    }

    public static RouteView Route(ChainCore core, uint number)
    {
        if (!CommittedRecords.TryRead<RouteRecord>(core, TableId.Routes, number, out var route)
            || CommittedViews.Asset(core, new AssetNumber(route.Asset)) is not { } asset)
        {
            throw new BrokenInvariantException($"route {number} is indexed, and it or its asset is not there");
        }

        var isLimited = route.LimitPerHour != RouteRecord.NoLimit;
        return new RouteView(number, route.Channel, asset.Number, asset.Code, asset.Scale, new AccountNumber(route.Account))
        {
            PeerAsset = route.IsVoucher ? route.PeerAsset : null,
            LimitPerHour = isLimited ? route.LimitPerHour : null,
            HourBegan = isLimited && route.WindowStartMs > 0 ? new Timestamp(route.WindowStartMs) : null,
            SentInHour = isLimited ? route.SentInWindow : 0,
            ReceivedInHour = isLimited ? route.ReceivedInWindow : 0,
        };
    }

    private static List<T> Page<T>(uint after, ulong count, int countMax, Func<uint, T> read)
    {
        var page = new List<T>();
        for (var number = after + 1UL; number <= count && page.Count < countMax; number++)
        {
            page.Add(read((uint)number));
        }

        return page;
    }
}
