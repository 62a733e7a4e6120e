using System.Globalization;
using Actors.Cli.Amounts;
using Actors.Cli.Client;
using Actors.Cli.Parsing;
using Actors.Ledger;

namespace Actors.Cli.Channels;

/// <summary>What the node says of channels, in words.</summary>
internal static class ChannelWords
{
    public const string Open = "open";
    public const string Abandoned = "abandoned";

    public static string Of(ChannelAnswer channel) =>
        $"channel {channel.Number} to {channel.Peer.Name}: {StateOf(channel)}, {channel.Sent} sent, {channel.Unsettled} of them unsettled, {channel.Received} received";

    public static string Of(RouteAnswer route)
    {
        var bound = route.LimitPerHour is { } limit ? $", at most {DecimalAmount.Format(limit, route.Scale)} an hour each way" : "";
        return route.PeerAsset is { } original
            ? $"route {route.Number}: asset {route.Asset} {route.Code}, voucher of the peer's asset {original}, issued by {route.Address}{bound}"
            : $"route {route.Number}: asset {route.Asset} {route.Code}, escrow {route.Address}{bound}";
    }

    public static IEnumerable<string> Table(ChannelAnswer channel) => Terminals.Table.Of(
        ("channel", Number(channel.Number)),
        ("state", StateOf(channel)),
        ("peer", $"{channel.Peer.Name} (peer {channel.Peer.Number})"),
        ("peer genesis", channel.Peer.Genesis),
        ("peer channel", channel.PeerChannel == 0 ? "not known yet" : Number(channel.PeerChannel)),
        ("peer header", channel.Peer.HeaderHeight == 0 ? "none yet" : $"block {channel.Peer.HeaderHeight} of {Instant.Format(new Timestamp(channel.Peer.HeaderTime))}"),
        ("sent", $"{channel.Sent}, of which {channel.Settled} settled and {channel.Unsettled} not (at most {channel.InFlightMax})"),
        ("timed out", channel.TimedOut == 0 ? null : $"{channel.TimedOut} refunded and not acknowledged"),
        ("received", $"{channel.Received}, {channel.Acknowledged} acknowledgements written"),
        ("consumed", $"{channel.Consumed} of the peer's acknowledgements"));

    public static string Of(ChainId chain, ChannelAnswer channel, PacketAnswer packet)
    {
        var what = packet.Handler is { } handler ? $"message to handler {handler}" : Value(channel, packet);
        return $"packet {packet.Sequence}: {what} from {new Address(chain, new AccountNumber(packet.Sender))}, sent {Instant.Format(new Timestamp(packet.Time))} "
            + $"in block {packet.Height}, times out {Instant.Format(new Timestamp(packet.Timeout))}{(packet.Stuck ? ", STUCK" : "")}: {Reason(packet.WaitsFor)} [transaction {packet.Transaction}, operation {packet.Operation}]";
    }

    /// <summary>What a packet waits for, and what somebody can do.</summary>
    public static string Reason(string waitsFor) => waitsFor switch
    {
        "acknowledgement" => "refunded; only the peer's acknowledgement is still to come",
        "channel-abandoned" => "the channel is abandoned; it can be refunded without proof",
        "peer-frozen" => "the peer contradicted itself and is frozen: 'actors peer resume', or 'actors channel abandon'",
        "peer-seal" => "timed out: a block of the peer from after its timeout must show that it was not received",
        "channel-paused" => "the channel is paused: 'actors channel resume'",
        "peer-paused" => "the channel is paused on the peer, whose operator can resume it",
        "relay" => "no block of the peer from after it was sent has come: is a relay running, and reaching both?",
        "peer" => "waits for the peer",
        var other => other,
    };

    private static string StateOf(ChannelAnswer channel) =>
        channel.State + (channel.Paused ? ", paused" : "") + (channel.Peer.Frozen ? ", peer frozen" : "");

    private static string Value(ChannelAnswer channel, PacketAnswer packet)
    {
        var route = channel.Routes?.Routes.FirstOrDefault(known => known.Number == packet.Route);
        var amount = route is null ? $"{packet.Amount} minor units" : $"{DecimalAmount.Format(packet.Amount ?? 0, route.Scale)} {route.Code}";
        return $"{amount} to account {packet.Recipient} of {channel.Peer.Name}";
    }

    private static string Number(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
