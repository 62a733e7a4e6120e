using Actors.Engine.Faults;
using Actors.Engine.Views;
using Actors.Grains.Faults;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Grains.Submissions;

/// <summary>Answers of the engine as they cross between grains, and back.</summary>
internal static class SubmissionWire
{
    public static SubmissionAnswer Answer(SubmissionResult result) => new()
    {
        Outcome = result.Outcome,
        IdBytes = result.Id?.Value.AsSpan().ToArray(),
        Detail = result.Detail,
        Operation = result.Operation,
        Recorded = result.Recorded is null ? null : Answer(result.Recorded),
    };

    /// <exception cref="EngineFaultException">The answer is a fault.</exception>
    public static SubmissionResult Result(SubmissionAnswer answer) => answer.Fault is { } fault
        ? throw FaultWire.Fault(fault)
        : new SubmissionResult(answer.Outcome)
        {
            Id = answer.Id,
            Detail = answer.Detail,
            Operation = answer.Operation,
            Recorded = answer.Recorded is null ? null : Recorded(answer.Recorded),
        };

    public static LookupAnswer Answer(TransactionLookup lookup) => new()
    {
        Kind = lookup.Status switch
        {
            LookupStatus.Recorded => LookupAnswerKind.Recorded,
            LookupStatus.NotFound => LookupAnswerKind.NotFound,
            LookupStatus.Expired => LookupAnswerKind.Expired,
            _ => LookupAnswerKind.Pruned,
        },
        Recorded = lookup.Recorded is null ? null : Answer(lookup.Recorded),
    };

    public static TransactionLookup Lookup(LookupAnswer answer)
    {
        var status = answer.Kind switch
        {
            LookupAnswerKind.Recorded => LookupStatus.Recorded,
            LookupAnswerKind.NotFound => LookupStatus.NotFound,
            LookupAnswerKind.Expired => LookupStatus.Expired,
            _ => LookupStatus.Pruned,
        };
        return new TransactionLookup(status, answer.Recorded is null ? null : Recorded(answer.Recorded));
    }

    /// <summary>Waits for each; a fault becomes that one's answer, so that it does not hide the others'.</summary>
    public static async Task<SubmissionAnswer[]> AnswerAllAsync(IReadOnlyList<ValueTask<SubmissionResult>> submissions)
    {
        var answers = new SubmissionAnswer[submissions.Count];
        for (var i = 0; i < answers.Length; i++)
        {
            try
            {
                answers[i] = Answer(await submissions[i]);
            }
            catch (EngineFaultException fault)
            {
                answers[i] = new SubmissionAnswer { Fault = FaultWire.Reopening(FaultWire.Answer(fault)) };
            }
        }

        return answers;
    }

    private static RecordedAnswer Answer(RecordedResult recorded)
    {
        var leaf = new WireWriter(64);
        EffectLeaf.WriteTransaction(leaf, recorded.Effect);
        return new RecordedAnswer { Height = recorded.Place.Height.Value, Index = recorded.Place.Index, TimeMs = recorded.Time.Ms, Effect = leaf.ToArray() };
    }

    private static RecordedResult Recorded(RecordedAnswer answer) => new(new TransactionPlace(new Height(answer.Height), answer.Index), new Timestamp(answer.TimeMs), answer.ReadEffect());
}
