using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Proofs;

/// <summary>Questions to the entries of a transaction's effect leaf, which ascend by operation.</summary>
internal static class EffectEntries
{
    /// <summary>The entry of an operation; one that says only that it succeeded when the leaf has none.</summary>
    public static OperationEffect Find(this TransactionEffect effect, int operation)
    {
        var (low, high) = (0, effect.Operations.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var entry = effect.Operations[middle];
            if (entry.Operation == operation)
            {
                return entry;
            }

            (low, high) = entry.Operation < operation ? (middle + 1, high) : (low, middle - 1);
        }

        return new OperationEffect(operation, Outcome.Committed, 0, []);
    }

    /// <summary>
    /// Whether an operation of this type can have this effect: a created number where it was done and creates something, settlements
    /// where it was done and ends pendings, and neither otherwise.
    /// </summary>
    public static bool Fits(this OperationEffect entry, OperationType type)
    {
        var isDone = entry.Outcome == Outcome.Committed;
        return (entry.Created > 0) == (isDone && OperationCodec.Creates(type) != CreatedKind.None)
            && (entry.Settlements.Count > 0) == (isDone && OperationCodec.Settles(type));
    }

    /// <summary>
    /// What became of an operation. Of a refused atomic transaction only the operation that was refused has an outcome of its own;
    /// null for the others.
    /// </summary>
    public static Outcome? OutcomeOf(this TransactionEffect effect, int operation) =>
        effect.Outcome == Outcome.Committed ? effect.Find(operation).Outcome
        : effect.FailedOperation == operation ? effect.Outcome
        : null;
}
