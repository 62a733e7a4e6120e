using Actors.Engine.Intake;
using Actors.Grains.Faults;
using Actors.Ledger.Transactions;
using Orleans.Concurrency;

namespace Actors.Grains.Submissions;

/// <summary>
/// Checks what a batch's bytes alone can tell, and hands on what is good with this silo's word for it. An envelope with a bad signature goes to the chain
/// without that word: only the chain knows whether its id is committed already, which is answered before anything else.
/// </summary>
[StatelessWorker, Reentrant]
internal sealed class IntakeGrain(EnvelopeCheck check, GenesisCache geneses, Vouchers vouchers) : Grain, IIntakeGrain
{
    public async Task<SubmissionAnswer[]> SubmitAsync(string chain, EnvelopeBatch envelopes)
    {
        var items = FaultWire.Understand(envelopes.Split);
        var genesis = await geneses.FindAsync(chain);
        var answers = new SubmissionAnswer?[items.Count];
        var good = new List<int>();
        var doubtful = new List<int>();
        for (var i = 0; i < items.Count; i++)
        {
            var refusal = check.FindRefusal(items[i], genesis);
            if (refusal is null)
            {
                good.Add(i);
            }
            else if (refusal.Outcome == Outcome.BadSignature)
            {
                doubtful.Add(i);
            }
            else
            {
                answers[i] = SubmissionWire.Answer(refusal);
            }
        }

        var grain = GrainFactory.GetGrain<IChainGrain>(chain);
        var pending = new List<(List<int> Indexes, Task<SubmissionAnswer[]> Answers)>();
        if (good.Count > 0)
        {
            var batch = good.Count == items.Count ? envelopes : Part(items, good);
            pending.Add((good, grain.SubmitCheckedAsync(new CheckedBatch(batch, vouchers.Issue(genesis, batch)))));
        }

        if (doubtful.Count > 0)
        {
            pending.Add((doubtful, grain.SubmitAsync(Part(items, doubtful))));
        }

        foreach (var (indexes, task) in pending)
        {
            Place(await task, indexes, answers);
        }

        return answers!;
    }

    private static EnvelopeBatch Part(IReadOnlyList<ReadOnlyMemory<byte>> items, List<int> indexes) => EnvelopeBatch.Of([.. indexes.Select(i => items[i])]);

    private static void Place(SubmissionAnswer[] from, List<int> indexes, SubmissionAnswer?[] into)
    {
        for (var i = 0; i < indexes.Count; i++)
        {
            into[indexes[i]] = from[i];
        }
    }
}
