using Actors.Engine.Views;
using Actors.Gateway.Json;
using Actors.Ledger.Channels;

namespace Actors.Gateway.Channels;

/// <summary>The words that channels and what is on its way over them are told in.</summary>
internal static class ChannelTextForms
{
    public static readonly TextForm<ChannelState> State = TextForm.Words(
        "init, try, open or abandoned", ("init", ChannelState.Init), ("try", ChannelState.Try), ("open", ChannelState.Open), ("abandoned", ChannelState.Abandoned));

    public static readonly TextForm<PacketStatus> Status = TextForm.Words("sent, refunded or stuck", ("sent", PacketStatus.Sent), ("refunded", PacketStatus.Refunded));

    public static readonly TextForm<PacketWait> Wait = TextForm.Words(
        "what a packet waits for",
        ("acknowledgement", PacketWait.Acknowledgement),
        ("channel-abandoned", PacketWait.ChannelAbandoned),
        ("peer-frozen", PacketWait.PeerFrozen),
        ("peer-seal", PacketWait.PeerSeal),
        ("channel-paused", PacketWait.ChannelPaused),
        ("peer-paused", PacketWait.PeerPaused),
        ("relay", PacketWait.Relay),
        ("peer", PacketWait.Peer));

    public static readonly TextForm<DeliveryState> Delivery = TextForm.Words(
        "sent, received, acknowledged, refunded or settled",
        ("sent", DeliveryState.Sent),
        ("received", DeliveryState.Received),
        ("acknowledged", DeliveryState.Acknowledged),
        ("refunded", DeliveryState.Refunded),
        ("settled", DeliveryState.Settled));

    public static readonly IReadOnlyList<TextForm> All = [State, Status, Wait, Delivery];
}
