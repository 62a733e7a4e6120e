using System.Text.Json.Serialization;
using Actors.Engine.Views;
using Actors.Gateway.Json;
using Actors.Ledger;
using Actors.Ledger.Transactions;

namespace Actors.Gateway.Channels;

/// <summary>A packet that is not settled. Amounts in minor units.</summary>
internal sealed record PacketJson(ulong Sequence, PacketStatus State, PacketWait WaitsFor, bool Stuck)
{
    /// <summary>The transaction, and its operation, that sent it.</summary>
    public required TransactionId Transaction { get; init; }

    public required int Operation { get; init; }

    public required Height Height { get; init; }

    public required Timestamp Time { get; init; }

    /// <summary>At or past this time of the peer it is not accepted any more.</summary>
    public required Timestamp Timeout { get; init; }

    public required AccountNumber Sender { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ulong? Route { get; init; }

    /// <summary>The asset of this chain.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AssetNumber? Asset { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Amount { get; init; }

    /// <summary>The account on the peer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AccountNumber? Recipient { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PendingNumber? Delivers { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HexBytes? Memo { get; init; }

    /// <summary>Of a message: who takes it on the peer, and what.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Handler { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HexBytes? Payload { get; init; }

    public static PacketJson From(PacketView view) => new(view.Sequence, view.Status, view.Wait, view.IsStuck)
    {
        Transaction = view.Transaction,
        Operation = view.Operation,
        Height = view.SentAt,
        Time = view.SentTime,
        Timeout = view.Timeout,
        Sender = view.Sender,
        Route = view.Route,
        Asset = view.Asset,
        Amount = view.Amount,
        Recipient = view.Recipient,
        Delivers = view.Delivers,
        Memo = view.Memo.IsEmpty ? null : new HexBytes(view.Memo),
        Handler = view.Handler,
        Payload = view.Handler is null ? null : new HexBytes(view.Payload),
    };
}

internal sealed record PacketListJson(IReadOnlyList<PacketJson> Packets, ulong? Next, Height AsOf);
