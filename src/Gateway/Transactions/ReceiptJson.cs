using System.Text.Json.Serialization;
using Actors.Engine.Views;
using Actors.Gateway.Json.Operations;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Chains;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Gateway.Transactions;

/// <summary>A receipt for people to read; what proves it is the file alone.</summary>
internal sealed record ReceiptJson(TransactionId Id, Hash256 GenesisHash, Timestamp Expiry, TransactionKind Kind, int OperationCount)
{
    /// <summary>The operation that was asked for; left out when it was the whole transaction.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Operation { get; init; }

    public required IReadOnlyList<OperationJson> Operations { get; init; }

    public required int Outcome { get; init; }

    public required string OutcomeName { get; init; }

    public required Height Height { get; init; }

    public required int Index { get; init; }

    public required Timestamp Time { get; init; }

    public required Hash256 HeaderHash { get; init; }

    /// <summary>The receipt file in base64.</summary>
    public required byte[] File { get; init; }

    public static ReceiptJson From(Genesis genesis, Block block, RecordedResult recorded, int? operation, byte[] file)
    {
        var transaction = block.Transactions[recorded.Place.Index].Transaction;
        var first = operation ?? 0;
        var count = operation is null ? transaction.OperationCount : 1;
        return new ReceiptJson(transaction.Id, genesis.Hash, transaction.Expiry, transaction.Kind, transaction.OperationCount)
        {
            Operation = operation,
            Operations = [.. Enumerable.Range(first, count).Select(i => OperationJsonTypes.From(OperationCodec.Read(transaction.Operation(i))))],
            Outcome = (int)recorded.Effect.Outcome,
            OutcomeName = recorded.Effect.Outcome.ToString(),
            Height = recorded.Place.Height,
            Index = recorded.Place.Index,
            Time = recorded.Time,
            HeaderHash = block.Hash,
            File = file,
        };
    }
}
