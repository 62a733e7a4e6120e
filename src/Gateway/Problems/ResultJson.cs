using System.Text.Json.Serialization;
using Actors.Gateway.Json.Operations;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Transactions;

namespace Actors.Gateway.Problems;

/// <summary>What became of a transaction. Members that do not apply are left out.</summary>
internal record ResultJson
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TransactionId? Id { get; init; }

    /// <summary>The ledger's number for it; 0 is committed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Outcome { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OutcomeName { get; init; }

    /// <summary>The operation, from 0, that the outcome is about.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Operation { get; init; }

    /// <summary>Whether it is in a block.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Recorded { get; init; }

    /// <summary>It was in a block before this request; the answer is the first one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? AlreadyCommitted { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Height? Height { get; init; }

    /// <summary>The transaction's index in the block, from 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Index { get; init; }

    /// <summary>The block's time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Timestamp? Time { get; init; }

    /// <summary>The operations that failed, created something or settled pendings.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OperationResultJson>? Operations { get; init; }
}

internal sealed record OperationResultJson(int Operation, int Outcome, string OutcomeName)
{
    /// <summary>The number of what it created; of a range of accounts the first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ulong? Created { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SettlementJson>? Settlements { get; init; }

    public static OperationResultJson From(OperationEffect effect) => new(effect.Operation, (int)effect.Outcome, effect.Outcome.ToString())
    {
        Created = effect.Created == 0 ? null : effect.Created,
        Settlements = effect.Settlements.Count == 0 ? null : [.. effect.Settlements.Select(SettlementJson.From)],
    };
}

/// <summary>RFC 9457 problem details; with the members of a result where the ledger said it.</summary>
internal record ProblemJson : ResultJson
{
    /// <summary>Stable: what a program looks at.</summary>
    [JsonPropertyOrder(-5)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; init; }

    [JsonPropertyOrder(-4)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Title { get; init; }

    [JsonPropertyOrder(-3)]
    public required int Status { get; init; }

    /// <summary>For people; may change.</summary>
    [JsonPropertyOrder(-2)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>Seconds after which trying again makes sense.</summary>
    [JsonPropertyOrder(-1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? RetryAfter { get; init; }
}

/// <summary>One item's answer in a stream: a result or a problem, and which item it is for.</summary>
internal sealed record StreamLineJson : ProblemJson
{
    [JsonPropertyOrder(-6)]
    public required long Item { get; init; }
}
