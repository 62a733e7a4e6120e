using System.Text.Json.Serialization;
using Actors.Ledger;
using Actors.Ledger.Operations;
using Actors.Ledger.Transfers;
using Actors.Ledger.Wire;

namespace Actors.Gateway.Json.Operations;

internal sealed record TransferJson(AccountText Debit, AccountText Credit, long Amount) : OperationJson
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HexBytes? Reference { get; init; }

    /// <summary>Of a transfer to an address on another chain: the channel it goes over, where several fit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ulong? Channel { get; init; }

    /// <summary>Of such a transfer: when it comes back if it was not received; an hour after the expiry if not given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Timestamp? Timeout { get; init; }

    /// <summary>Of such a transfer: up to 64 bytes for the recipient.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HexBytes? Memo { get; init; }

    public static TransferJson From(Transfer operation) => new(new AccountText(operation.Debit), new AccountText(operation.Credit), operation.Amount)
    {
        Reference = ReferenceJson.From(operation.Reference),
        Linked = operation.Linked,
    };

    /// <summary>Whether it goes to an address on another chain, and is a send over a channel.</summary>
    internal bool IsAcross(ChainId chain) => Credit.Chain is { } other && other != chain;

    internal override IOperation ToOperation(ChainId chain) => Channel is not null || Timeout is not null || Memo is not null
        ? throw new MalformedException("channel, timeout and memo are of a transfer to an address on another chain")
        : new Transfer(Debit.On(chain), Credit.On(chain), Amount, ReferenceJson.ToReference(Reference), Linked);
}

/// <summary>References in JSON: hex of 1 to 16 bytes, or no member at all.</summary>
internal static class ReferenceJson
{
    public static Reference ToReference(HexBytes? bytes) => bytes is not { Value: var value } ? default
        : value.Length is >= 1 and <= Limits.ReferenceBytesMax ? new Reference(value.Span)
        : throw new MalformedException($"a reference has {value.Length} bytes, expected 1 to {Limits.ReferenceBytesMax}");

    public static HexBytes? From(Reference reference) => reference.IsNone ? null : new HexBytes(reference.ToArray());
}
