using System.Text.Json.Serialization;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Hashing;
using Actors.Ledger.Transactions;

namespace Actors.Gateway.Channels;

/// <summary>How far what a transaction sent over channels has come; `state` is that of the one that has come least far.</summary>
internal sealed record DeliveryListJson(TransactionId Id, DeliveryState State, IReadOnlyList<DeliveryJson> Deliveries, Height AsOf)
{
    /// <summary>The `operation` of the next page; null at the end.</summary>
    public required int? Next { get; init; }

    /// <summary>With state settled: `from` of the request that looks further.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Height? LookFrom { get; init; }
}

/// <summary>How far one packet has come.</summary>
internal sealed record DeliveryJson(int Operation, ulong Channel, ulong Sequence, DeliveryState State)
{
    public required string Peer { get; init; }

    public required Hash256 PeerGenesis { get; init; }

    /// <summary>The channel's number on the peer.</summary>
    public required ulong PeerChannel { get; init; }

    /// <summary>While it is sent or received.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PacketWait? WaitsFor { get; init; }

    /// <summary>Why it was refunded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Outcome { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OutcomeName { get; init; }

    /// <summary>The block and the transaction of this chain that settled it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Height? Height { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TransactionId? Transaction { get; init; }

    /// <summary>The operation of that transaction: it consumed the acknowledgement, or timed the packet out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? SettledOperation { get; init; }

    public static DeliveryJson From(DeliveryView view) => new(view.Operation, view.Channel, view.Sequence, view.State)
    {
        Peer = view.PeerName,
        PeerGenesis = view.PeerGenesis,
        PeerChannel = view.PeerChannel,
        WaitsFor = view.Wait,
        Outcome = (int?)view.Why,
        OutcomeName = view.Why?.ToString(),
        Height = view.SettledAt,
        Transaction = view.SettledBy,
        SettledOperation = view.SettledOperation,
    };
}
