using System.Text.Json.Serialization;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;

namespace Actors.Gateway.Json.Operations;

internal sealed record OpenPeerJson(ChainId Name, HexBytes Genesis) : OperationJson
{
    public static OpenPeerJson From(OpenPeer operation) => new(operation.Name, new HexBytes(operation.Genesis.Encoded)) { Linked = operation.Linked };

    internal override IOperation ToOperation(ChainId chain) => new OpenPeer(Name, Ledger.Chains.Genesis.Parse(Genesis.Value.Span), Linked);
}

internal sealed record ResumePeerJson(EntityReference Peer, HexBytes Header, PublicKey SealingKey) : OperationJson
{
    public static ResumePeerJson From(ResumePeer operation) => new(operation.Peer, new HexBytes(operation.Header.Encode()), operation.SealingKey) { Linked = operation.Linked };

    internal override IOperation ToOperation(ChainId chain) => new ResumePeer(Peer, BlockHeader.Decode(Header.Value.Span), SealingKey, Linked);
}

internal sealed record OpenChannelJson(EntityReference Peer, uint InFlightMax) : OperationJson
{
    /// <summary>The peer's channel that this one answers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public uint PeerChannel { get; init; }

    public static OpenChannelJson From(OpenChannel operation) => new(operation.Peer, operation.InFlightMax) { PeerChannel = operation.PeerChannel, Linked = operation.Linked };

    internal override IOperation ToOperation(ChainId chain) => new OpenChannel(Peer, InFlightMax, PeerChannel, Linked);
}

internal sealed record PauseChannelJson(EntityReference Channel) : OperationJson
{
    public bool Resume { get; init; }

    public static PauseChannelJson From(PauseChannel operation) => new(operation.Channel) { Resume = operation.Resume, Linked = operation.Linked };

    internal override IOperation ToOperation(ChainId chain) => new PauseChannel(Channel, Resume, Linked);
}

internal sealed record AbandonChannelJson(EntityReference Channel) : OperationJson
{
    public static AbandonChannelJson From(AbandonChannel operation) => new(operation.Channel) { Linked = operation.Linked };

    internal override IOperation ToOperation(ChainId chain) => new AbandonChannel(Channel, Linked);
}

/// <summary>At home `asset`, away `voucher`: one of the two.</summary>
internal sealed record OpenRouteJson(EntityReference Channel) : OperationJson
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EntityReference? Asset { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VoucherJson? Voucher { get; init; }

    public static OpenRouteJson From(OpenRoute operation) => new(operation.Channel)
    {
        Asset = operation.Voucher is null ? operation.Asset : null,
        Voucher = operation.Voucher is { } voucher ? new VoucherJson(voucher.PeerAsset, voucher.Scale, voucher.Code) : null,
        Linked = operation.Linked,
    };

    internal override IOperation ToOperation(ChainId chain) => (Asset, Voucher) switch
    {
        ({ } asset, null) => new OpenRoute(Channel, asset, null, Linked),
        (null, { } voucher) => new OpenRoute(Channel, default, new Voucher(voucher.PeerAsset, voucher.Scale, voucher.Code), Linked),
        _ => throw new Ledger.Wire.MalformedException("a route is opened with an asset (at home) or a voucher (away), one of the two"),
    };
}

internal sealed record VoucherJson(uint PeerAsset, byte Scale, string Code);

internal sealed record LimitRouteJson(uint Route, long ValuePerHour) : OperationJson
{
    public static LimitRouteJson From(LimitRoute operation) => new(operation.Route, operation.ValuePerHour) { Linked = operation.Linked };

    internal override IOperation ToOperation(ChainId chain) => new LimitRoute(Route, ValuePerHour, Linked);
}
