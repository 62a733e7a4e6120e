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

    public static TransferJson From(Transfer operation) => new(new AccountText(operation.Debit), new AccountText(operation.Credit), operation.Amount)
    {
        Reference = ReferenceJson.From(operation.Reference),
        Linked = operation.Linked,
    };

    internal override IOperation ToOperation(ChainId chain) =>
        new Transfer(Debit.On(chain), Credit.On(chain), Amount, ReferenceJson.ToReference(Reference), Linked);
}

/// <summary>References in JSON: hex of 1 to 16 bytes, or no member at all.</summary>
internal static class ReferenceJson
{
    public static Reference ToReference(HexBytes? bytes) => bytes is not { Value: var value } ? default
        : value.Length is >= 1 and <= Limits.ReferenceBytesMax ? new Reference(value.Span)
        : throw new MalformedException($"a reference has {value.Length} bytes, expected 1 to {Limits.ReferenceBytesMax}");

    public static HexBytes? From(Reference reference) => reference.IsNone ? null : new HexBytes(reference.ToArray());
}
