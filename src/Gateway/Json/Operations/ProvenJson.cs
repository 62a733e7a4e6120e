using System.Text.Json.Serialization;
using Actors.Ledger;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Gateway.Json.Operations;

/// <summary>Operations that rest on proof, for people to see: what they are about, without the proof. They are submitted as bytes.</summary>
internal abstract record ProvenJson : OperationJson
{
    internal override IOperation ToOperation(ChainId chain) => throw new MalformedException("an operation that rests on proof has no JSON form; submit the transaction as bytes");
}

internal sealed record UpdatePeerJson(uint Peer, Height Height) : ProvenJson
{
    public static UpdatePeerJson From(UpdatePeer operation) => new(operation.Peer, operation.Header.Height);
}

internal sealed record ConfirmChannelJson(uint Channel, Height Height) : ProvenJson
{
    public static ConfirmChannelJson From(ConfirmChannel operation) => new(operation.Channel, new Height(operation.Height));
}

/// <summary>Packets from sequence `first` on.</summary>
internal sealed record ReceiveJson(uint Channel, Height Height, ulong First, int Count) : ProvenJson
{
    public static ReceiveJson From(Receive operation) => new(operation.Channel, new Height(operation.Height), operation.Packets.First, operation.Packets.Count);
}

/// <summary>Acknowledgements from number `first` on.</summary>
internal sealed record AcknowledgeJson(uint Channel, Height Height, ulong First, int Count) : ProvenJson
{
    public static AcknowledgeJson From(Acknowledge operation) =>
        new(operation.Channel, new Height(operation.Height), operation.Acknowledgements.First, operation.Acknowledgements.Count);
}

internal sealed record TimeOutJson(uint Channel, IReadOnlyList<SequenceRangeJson> Packets) : ProvenJson
{
    /// <summary>The peer's header that shows it; not there where the channel was abandoned.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Height? Height { get; init; }

    public static TimeOutJson From(TimeOut operation) => new(operation.Channel, [.. operation.Packets.Select(range => new SequenceRangeJson(range.First, range.Count))])
    {
        Height = operation.Proof is null ? null : new Height(operation.Height),
    };
}

internal sealed record SequenceRangeJson(ulong First, int Count);

internal sealed record ReportEquivocationJson(uint Peer, Height Height) : ProvenJson
{
    public static ReportEquivocationJson From(ReportEquivocation operation) => new(operation.Peer, operation.Equivocation.Height);
}
