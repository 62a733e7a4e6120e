using System.Text.Json.Serialization;
using Actors.Ledger;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;

namespace Actors.Gateway.Json.Operations;

internal sealed record PendingJson(AccountText Debit, AccountText Credit, long Amount, Timestamp Timeout) : OperationJson
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public EntityReference? Decider { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HexBytes? Reference { get; init; }

    public static PendingJson From(Pending operation) => new(new AccountText(operation.Debit), new AccountText(operation.Credit), operation.Amount, operation.Timeout)
    {
        Decider = operation.Decider,
        Reference = ReferenceJson.From(operation.Reference),
        Linked = operation.Linked,
    };

    internal override IOperation ToOperation(ChainId chain) =>
        new Pending(Debit.On(chain), Credit.On(chain), Amount, Timeout, Decider, ReferenceJson.ToReference(Reference), Linked);
}

internal sealed record PostJson(EntityReference Pending) : OperationJson
{
    /// <summary>Post only this much; the rest is released.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Part { get; init; }

    public static PostJson From(Post operation) => new(operation.Pending) { Part = operation.Part, Linked = operation.Linked };

    internal override IOperation ToOperation(ChainId chain) => new Post(Pending, Part, Linked);
}

internal sealed record VoidJson(EntityReference Pending) : OperationJson
{
    public static VoidJson From(Ledger.Pendings.Void operation) => new(operation.Pending) { Linked = operation.Linked };

    internal override IOperation ToOperation(ChainId chain) => new Ledger.Pendings.Void(Pending, Linked);
}

/// <summary>How a pending ended: what was posted and what was released.</summary>
internal sealed record SettlementJson(PendingNumber Pending, AccountNumber Debit, AccountNumber Credit, long Posted, long Released)
{
    public static SettlementJson From(Settlement settlement) =>
        new(settlement.Pending, settlement.Debit, settlement.Credit, settlement.Posted, settlement.Released);
}
