using Actors.Engine.Faults;
using Actors.Engine.Intake;
using Actors.Engine.Views;
using Actors.Ledger.Blocks;
using Actors.Ledger.Transactions;
using static Actors.Simulation.SimException;

namespace Actors.Simulation;

/// <summary>Those who send transactions: they remember every answer and hold the chain to it.</summary>
internal sealed class SimClients(Dictionary<TransactionId, SentTransaction> sent)
{
    public IEnumerable<SentTransaction> Acknowledged => sent.Values.Where(transaction => transaction.Acknowledged is not null);

    public SentTransaction? Any(Random random) => sent.Count == 0 ? null : sent.Values.ElementAt(random.Next(sent.Count));

    public SentTransaction Remember(Transaction transaction, Ledger.Signing.Signer[] signers)
    {
        if (!sent.TryGetValue(transaction.Id, out var known))
        {
            sent.Add(transaction.Id, known = new SentTransaction(transaction));
        }

        known.Signed(signers);
        return known;
    }

    /// <summary>Takes an answer in. Null when the bytes were no transaction.</summary>
    public void Hear(SimWriter writer, Submission submission, SentTransaction? transaction, SimHistory history)
    {
        if (submission.Answer.IsFaulted)
        {
            HearFault(submission.Answer.Exception!.InnerException!, transaction);
            return;
        }

        var answer = submission.Answer.Result;
        Sometimes.Happened($"answer {answer.Outcome}");
        if (transaction is null)
        {
            Require(answer.Recorded is null && answer.Outcome != Outcome.Committed, () => $"garbage was answered with {answer}");
            return;
        }

        transaction.MayBeRecorded--;
        if (answer.Recorded is not null)
        {
            HearRecorded(answer, transaction, history);
            return;
        }

        var place = history.PlaceOf(transaction.Transaction.Id);
        Require(place is null || (writer.IsStale && answer.Outcome != Outcome.Expired), () => $"{transaction.Transaction.Id} is recorded at {place}, but was answered with {answer}");
        transaction.SaidExpired |= answer.Outcome == Outcome.Expired;
    }

    /// <summary>
    /// A process starts with a clock behind that of one before it, which may have told a client that his transaction expired: that
    /// promise is not kept across such a start.
    /// </summary>
    public void ForgetExpiries(ulong nowMs)
    {
        foreach (var transaction in sent.Values.Where(transaction => transaction.SaidExpired && transaction.Transaction.Expiry.Ms > nowMs))
        {
            Sometimes.Happened("a process started with a clock set back");
            transaction.SaidExpired = false;
        }
    }

    /// <summary>A disk that lied lost all blocks above this height, and with them what clients were told of them.</summary>
    public void Forget(ulong above)
    {
        foreach (var transaction in Acknowledged.Where(transaction => transaction.Acknowledged!.Place.Height.Value > above).ToList())
        {
            transaction.Acknowledged = null;
            transaction.SaidFirst = false;
        }
    }

    private static void HearRecorded(SubmissionResult answer, SentTransaction transaction, SimHistory history)
    {
        var recorded = answer.Recorded!;
        var place = history.PlaceOf(transaction.Transaction.Id);
        Require(place == recorded.Place, () => $"answered with {recorded.Place}, but it is recorded at {place}: {answer}");
        var block = history.BlockAt(recorded.Place.Height);
        Require(block.Header.Time == recorded.Time, () => $"answered with time {recorded.Time} of {recorded.Place}");
        Require(Describe(block.Effect(recorded.Place.Index)) == Describe(recorded.Effect), () => $"answered with another effect than {recorded.Place} has");
        var isFirst = answer.Outcome != Outcome.AlreadyCommitted;
        Require(!isFirst || (answer.Outcome == recorded.Effect.Outcome && !transaction.SaidFirst), () => $"{recorded.Place} was acknowledged twice as the first");
        transaction.SaidFirst |= isFirst;
        Sometimes.Happened(!isFirst && transaction.Acknowledged is null, "the first answer was AlreadyCommitted");
        transaction.Acknowledged ??= recorded;
    }

    private static void HearFault(Exception fault, SentTransaction? transaction)
    {
        Require(fault is EngineFaultException, () => $"answered with {fault}");
        Sometimes.Happened($"fault {fault.GetType().Name}");
        if (transaction is not null && fault is WritesStoppedException)
        {
            transaction.MayBeRecorded--;
        }
    }

    private static string Describe(TransactionEffect effect) =>
        $"{effect.Outcome} {effect.FailedOperation} {string.Join(' ', effect.Operations.Select(entry => $"{entry.Operation}:{entry.Outcome}:{entry.Created}:{string.Join('/', entry.Settlements)}"))}";
}
