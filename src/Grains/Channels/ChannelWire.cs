using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Hashing;
using Actors.Ledger.Transactions;

namespace Actors.Grains.Channels;

/// <summary>What is read of a chain's channels as it crosses between grains, and back.</summary>
internal static class ChannelWire
{
    public static PeerState Answer(PeerView view) => new()
    {
        Number = view.Number,
        Name = view.Name,
        Genesis = Bytes(view.Genesis),
        AsOf = view.AsOf.Value,
        HeaderHeight = view.HeaderHeight.Value,
        HeaderTimeMs = view.HeaderTime.Ms,
        FrozenSinceMs = view.FrozenSince?.Ms,
        ConflictHeight = view.ConflictHeight?.Value,
    };

    public static PeerView View(PeerState state) => new(state.Number, state.Name, new Hash256(state.Genesis), new Height(state.AsOf))
    {
        HeaderHeight = new Height(state.HeaderHeight),
        HeaderTime = new Timestamp(state.HeaderTimeMs),
        FrozenSince = state.FrozenSinceMs is { } since ? new Timestamp(since) : null,
        ConflictHeight = state.ConflictHeight is { } height ? new Height(height) : null,
    };

    public static ChannelAnswer Answer(ChannelView view) => new()
    {
        Number = view.Number,
        Peer = Answer(view.Peer),
        State = view.State,
        AsOf = view.AsOf.Value,
        PeerChannel = view.PeerChannel,
        Paused = view.Paused,
        InFlightMax = view.InFlightMax,
        Sent = view.Sent,
        Settled = view.Settled,
        TimedOut = view.TimedOut,
        Received = view.Received,
        Acknowledged = view.Acknowledged,
        Consumed = view.Consumed,
    };

    public static ChannelView View(ChannelAnswer answer) => new(answer.Number, View(answer.Peer), answer.State, new Height(answer.AsOf))
    {
        PeerChannel = answer.PeerChannel,
        Paused = answer.Paused,
        InFlightMax = answer.InFlightMax,
        Sent = answer.Sent,
        Settled = answer.Settled,
        TimedOut = answer.TimedOut,
        Received = answer.Received,
        Acknowledged = answer.Acknowledged,
        Consumed = answer.Consumed,
    };

    public static RouteState Answer(RouteView view) => new()
    {
        Number = view.Number,
        Channel = view.Channel,
        Asset = view.Asset.Value,
        Code = view.Code,
        Scale = view.Scale,
        Account = view.Account.Value,
        PeerAsset = view.PeerAsset,
        LimitPerHour = view.LimitPerHour,
        HourBeganMs = view.HourBegan?.Ms,
        SentInHour = view.SentInHour,
        ReceivedInHour = view.ReceivedInHour,
    };

    public static RouteView View(RouteState state) =>
        new(state.Number, state.Channel, new AssetNumber(state.Asset), state.Code, state.Scale, new AccountNumber(state.Account))
        {
            PeerAsset = state.PeerAsset,
            LimitPerHour = state.LimitPerHour,
            HourBegan = state.HourBeganMs is { } began ? new Timestamp(began) : null,
            SentInHour = state.SentInHour,
            ReceivedInHour = state.ReceivedInHour,
        };

    public static RouteToPeerAnswer Answer(RouteToPeer found) => new() { Channel = Answer(found.Channel), Route = Answer(found.Route) };

    public static RouteToPeer View(RouteToPeerAnswer answer) => new(View(answer.Channel), View(answer.Route));

    public static PacketsRequest Request(PacketQuery query) =>
        new() { After = query.After, CountMax = query.CountMax, Status = (byte?)query.Status, OnlyStuck = query.OnlyStuck };

    public static PacketQuery Query(PacketsRequest request) =>
        new() { After = request.After, CountMax = request.CountMax, Status = (PacketStatus?)request.Status, OnlyStuck = request.OnlyStuck };

    public static PacketsAnswer Answer(PacketPage page) =>
        new() { Channel = Answer(page.Channel), Packets = [.. page.Packets.Select(Answer)], Next = page.Next };

    public static PacketPage View(PacketsAnswer answer) =>
        new(View(answer.Channel), [.. answer.Packets.Select(packet => View(answer.Channel.Number, packet))], answer.Next);

    public static DeliveriesRequest Request(DeliveryQuery query) =>
        new() { FromOperation = query.FromOperation, CountMax = query.CountMax, From = query.From.Value };

    public static DeliveryQuery Query(DeliveriesRequest request) =>
        new() { FromOperation = request.FromOperation, CountMax = request.CountMax, From = new Height(request.From) };

    public static DeliveriesAnswer Answer(DeliveryPage page) => new()
    {
        Deliveries = [.. page.Deliveries.Select(Answer)],
        AsOf = page.AsOf.Value,
        NextOperation = page.NextOperation,
        LookedThrough = page.LookedThrough.Value,
    };

    public static DeliveryPage View(DeliveriesAnswer answer) =>
        new([.. answer.Deliveries.Select(View)], new Height(answer.AsOf), answer.NextOperation, new Height(answer.LookedThrough));

    public static ReceivedAnswer Answer(ReceivedPacketSearch search) => new()
    {
        Outcome = search.Packet?.Outcome,
        Height = search.Packet?.Height.Value ?? 0,
        Transaction = search.Packet is { } packet ? Bytes(packet.Transaction.Value) : [],
        Operation = search.Packet?.Operation ?? 0,
        Before = search.Before?.Value,
    };

    public static ReceivedPacketSearch View(uint channel, ulong sequence, ReceivedAnswer answer) => new(
        answer.Outcome is { } outcome ? new ReceivedPacketView(channel, sequence, outcome, new Height(answer.Height), new TransactionId(new Hash256(answer.Transaction)), answer.Operation) : null,
        answer.Before is { } before ? new Height(before) : null);

    private static PacketState Answer(PacketView view) => new()
    {
        Sequence = view.Sequence,
        Status = (byte)view.Status,
        Wait = (byte)view.Wait,
        IsStuck = view.IsStuck,
        Sender = view.Sender.Value,
        TimeoutMs = view.Timeout.Ms,
        Transaction = Bytes(view.Transaction.Value),
        Operation = view.Operation,
        SentAt = view.SentAt.Value,
        SentTimeMs = view.SentTime.Ms,
        Route = view.Route,
        Asset = view.Asset?.Value,
        Amount = view.Amount,
        Recipient = view.Recipient?.Value,
        Delivers = view.Delivers?.Value,
        Memo = view.Memo.ToArray(),
        Handler = view.Handler,
        Payload = view.Payload.ToArray(),
    };

    private static PacketView View(uint channel, PacketState state) => new(channel, state.Sequence, (PacketStatus)state.Status, (PacketWait)state.Wait)
    {
        IsStuck = state.IsStuck,
        Sender = new AccountNumber(state.Sender),
        Timeout = new Timestamp(state.TimeoutMs),
        Transaction = new TransactionId(new Hash256(state.Transaction)),
        Operation = state.Operation,
        SentAt = new Height(state.SentAt),
        SentTime = new Timestamp(state.SentTimeMs),
        Route = state.Route,
        Asset = state.Asset is { } asset ? new AssetNumber(asset) : null,
        Amount = state.Amount,
        Recipient = state.Recipient is { } recipient ? new AccountNumber(recipient) : null,
        Delivers = state.Delivers is { } pending ? new PendingNumber(pending) : null,
        Memo = state.Memo,
        Handler = state.Handler,
        Payload = state.Payload,
    };

    private static DeliveryAnswer Answer(DeliveryView view) => new()
    {
        Operation = view.Operation,
        Channel = view.Channel,
        Sequence = view.Sequence,
        State = (byte)view.State,
        PeerName = view.PeerName,
        PeerGenesis = Bytes(view.PeerGenesis),
        PeerChannel = view.PeerChannel,
        Wait = (byte?)view.Wait,
        Why = view.Why,
        SettledAt = view.SettledAt?.Value,
        SettledBy = view.SettledBy is { } id ? Bytes(id.Value) : null,
        SettledOperation = view.SettledOperation,
    };

    private static DeliveryView View(DeliveryAnswer answer) => new(answer.Operation, answer.Channel, answer.Sequence, (DeliveryState)answer.State)
    {
        PeerName = answer.PeerName,
        PeerGenesis = new Hash256(answer.PeerGenesis),
        PeerChannel = answer.PeerChannel,
        Wait = (PacketWait?)answer.Wait,
        Why = answer.Why,
        SettledAt = answer.SettledAt is { } height ? new Height(height) : null,
        SettledBy = answer.SettledBy is { } id ? new TransactionId(new Hash256(id)) : null,
        SettledOperation = answer.SettledOperation,
    };

    private static byte[] Bytes(in Hash256 hash) => hash.AsSpan().ToArray();
}
