using Actors.Engine.Chains;
using Actors.Engine.Faults;
using Actors.Engine.History;
using Actors.Engine.Intake;
using Actors.Engine.Stores;
using Actors.Engine.Views;
using Actors.Ledger.Transactions;

namespace Actors.Simulation;

/// <summary>What the process says to clients.</summary>
internal sealed partial class SimWriter
{
    /// <summary>A read that is to be current.</summary>
    public bool Confirm()
    {
        try
        {
            _store.ConfirmEpoch(_appender.Epoch);
            return true;
        }
        catch (FenceLostException)
        {
            Sometimes.Happened("a current read found the fence lost");
        }
        catch (StoreUnavailableException)
        {
            Sometimes.Happened("a current read met an unavailable store");
        }

        return false;
    }

    /// <summary>What becomes of an id, as a lookup answers it: where it is recorded, or that it never will be, or neither yet.</summary>
    public (TransactionPlace? Place, bool IsExpired) LookUp(TransactionId id)
    {
        if (!Confirm())
        {
            return (null, false);
        }

        var (place, mayBeRecorded) = Core.Find(id);
        if (mayBeRecorded)
        {
            return (null, false);
        }

        place ??= new TransactionFinder(_store, Core.State.Genesis.Settings.ValidityMs).Find(id, Core.Committed.Height);
        return (place, place is null);
    }

    /// <summary>Gives the clients the answers that have come.</summary>
    public void Hear(SimClients clients, SimHistory history)
    {
        for (var i = Waiting.Count - 1; i >= 0; i--)
        {
            if (Waiting[i].Submission.Answer.IsCompleted)
            {
                clients.Hear(this, Waiting[i].Submission, Waiting[i].Transaction, history);
                Waiting.RemoveAt(i);
            }
        }
    }

    void ICoreAnswers.AnswerAlreadyCommitted(Submission submission, TransactionPlace place) => Answer(submission, () => place);

    void ICoreAnswers.AnswerExpired(Submission submission, ulong committedThrough)
    {
        if (!Confirm())
        {
            submission.Fail(new ChainStoppedException("the epoch could not be confirmed"));
            return;
        }

        Answer(submission, () =>
        {
            var place = new TransactionFinder(_store, Core.State.Genesis.Settings.ValidityMs).Find(submission.Transaction!.Id, committedThrough);
            Sometimes.Happened(place is not null, "an expired id was found in the log");
            return place;
        });
    }

    private void Answer(Submission submission, Func<TransactionPlace?> find)
    {
        var transaction = submission.Transaction!;
        try
        {
            submission.Complete(find() is { } found
                ? BlockAnswers.Already(transaction, BlockAnswers.Recorded(StoredBlocks.Parse(_store, found.Height), found.Index))
                : new SubmissionResult(Outcome.Expired) { Id = transaction.Id });
        }
        catch (StoreUnavailableException unavailable)
        {
            Sometimes.Happened("an answer met an unavailable store");
            submission.Fail(EngineFaults.Translate(unavailable));
        }
    }
}
