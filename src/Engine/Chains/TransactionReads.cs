using Actors.Engine.Faults;
using Actors.Engine.History;
using Actors.Engine.Intake;
using Actors.Engine.Stores;
using Actors.Engine.Views;
using Actors.Ledger.Proofs;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Chains;

/// <summary>Finds transactions by id and what is recorded of them: for those who ask, and for submissions whose answer is in the log.</summary>
internal sealed class TransactionReads(LedgerChain chain, IChainStore store) : ICoreAnswers
{
    private readonly TransactionFinder _finder = new(store, chain.Genesis.Settings.ValidityMs);

    public async ValueTask<TransactionLookup> FindAsync(TransactionId id, CancellationToken cancellation)
    {
        await chain.ConfirmAsync(cancellation).ConfigureAwait(false);
        var ((place, mayBeRecorded), committed) = await chain.OnLoop(core => (core.Find(id), core.Committed.Height), cancellation).ConfigureAwait(false);
        if (mayBeRecorded)
        {
            return new TransactionLookup(LookupStatus.NotFound);
        }

        var recorded = await chain.FromLog(() => (place ?? _finder.Find(id, committed)) is { } found ? RecordedAt(found) : null, cancellation).ConfigureAwait(false);
        return recorded is null ? new TransactionLookup(LookupStatus.Expired) : new TransactionLookup(LookupStatus.Recorded, recorded);
    }

    public async ValueTask<byte[]?> GetReceiptAsync(TransactionId id, int? operation, CancellationToken cancellation)
    {
        var lookup = await FindAsync(id, cancellation).ConfigureAwait(false);
        if (lookup.Recorded is not { } recorded)
        {
            return null;
        }

        var (block, anchor) = await chain.BlockAndAnchor(recorded.Place.Height, cancellation).ConfigureAwait(false);
        var count = block.Transactions[recorded.Place.Index].Transaction.OperationCount;
        return operation is { } index && (index < 0 || index >= count)
            ? null
            : Receipt.Encode(anchor, OperationProof.Build(block, recorded.Place.Index, operation));
    }

    public void AnswerAlreadyCommitted(Submission submission, TransactionPlace place) => AnswerFromLog(submission, () => place, isCurrent: false);

    public void AnswerExpired(Submission submission, ulong committedThrough)
    {
        var id = submission.Transaction!.Id;
        AnswerFromLog(submission, () => _finder.Find(id, committedThrough), isCurrent: true);
    }

    // That it is not there may be said only by whoever held the chain after it was asked.
    private void AnswerFromLog(Submission submission, Func<TransactionPlace?> find, bool isCurrent) => _ = Task.Run(async () =>
    {
        var transaction = submission.Transaction!;
        try
        {
            if (isCurrent)
            {
                await chain.ConfirmAsync(CancellationToken.None).ConfigureAwait(false);
            }

            var recorded = await chain.FromLog(() => find() is { } place ? RecordedAt(place) : null, CancellationToken.None).ConfigureAwait(false);
            submission.Complete(recorded is not null
                ? BlockAnswers.Already(transaction, recorded)
                : new SubmissionResult(Outcome.Expired) { Id = transaction.Id, Detail = $"the transaction expired at {transaction.Expiry}; it is not recorded and never will be" });
        }
        catch (EngineFaultException fault)
        {
            submission.Fail(fault);
        }
    });

    private RecordedResult RecordedAt(TransactionPlace place) => BlockAnswers.Recorded(StoredBlocks.Parse(store, place.Height), place.Index);
}
