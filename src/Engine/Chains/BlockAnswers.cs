using Actors.Engine.Views;
using Actors.Ledger.Blocks;
using Actors.Ledger.Proofs;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Chains;

/// <summary>Tells everybody who waited for a block what became of their transaction.</summary>
internal static class BlockAnswers
{
    public static void Complete(PreparedBlock block, Func<ReadOnlyMemory<byte>, Anchor> anchorOf)
    {
        foreach (var submission in block.Submissions)
        {
            var recorded = Recorded(block, submission.Transaction!, submission.Execution.Place);
            submission.Complete(Result(submission.Transaction!, recorded));
        }

        foreach (var (duplicate, place) in block.Duplicates)
        {
            duplicate.Complete(Already(duplicate.Transaction!, Recorded(block, duplicate.Transaction!, place)));
        }

        if (block.Proofs.Count > 0)
        {
            var anchor = anchorOf(CommittedHead.Of(block).SignedHeader);
            block.Proofs.ForEach(proof => proof.Finish(anchor));
        }
    }

    /// <summary>The answer to a transaction that was recorded before.</summary>
    public static SubmissionResult Already(Transaction transaction, RecordedResult recorded) => new(Outcome.AlreadyCommitted)
    {
        Id = transaction.Id,
        Detail = $"recorded in block {recorded.Place.Height} with outcome {recorded.Effect.Outcome}",
        Recorded = recorded,
    };

    /// <summary>What a stored block says of one of its transactions.</summary>
    public static RecordedResult Recorded(Block block, int index) =>
        new(new TransactionPlace(block.Header.Height, index), block.Header.Time, block.Effect(index));

    private static SubmissionResult Result(Transaction transaction, RecordedResult recorded) => new(recorded.Effect.Outcome)
    {
        Id = transaction.Id,
        Operation = recorded.Effect.Outcome == Outcome.Committed ? null : recorded.Effect.FailedOperation,
        Recorded = recorded,
    };

    private static RecordedResult Recorded(PreparedBlock block, Transaction transaction, TransactionPlace place)
    {
        var leaf = block.Draft.EffectLeaf(place.Index);
        var effect = EffectLeaf.ReadTransaction(leaf, transaction.OperationCount);
        return new RecordedResult(place, block.Draft.Header.Time, effect);
    }
}
