using System.Collections.Concurrent;
using Actors.Ledger.Transactions;

namespace Actors.Cli.Bench;

/// <summary>What became of each transaction of a run; written by any thread, each index once.</summary>
internal sealed class Acknowledgements(int transactions)
{
    private readonly bool[] _committed = new bool[transactions];
    private readonly ConcurrentDictionary<int, int[]> _refusedOperations = new();
    private readonly ConcurrentDictionary<Outcome, int> _refusals = new();

    /// <summary>Refused transactions, by outcome.</summary>
    public IReadOnlyDictionary<Outcome, int> Refusals => _refusals;

    public bool IsCommitted(int transaction) => _committed[transaction];

    public IReadOnlyCollection<int> RefusedOperations(int transaction) => _refusedOperations.GetValueOrDefault(transaction) ?? [];

    /// <summary>Notes an answer and gives how many transfers it committed.</summary>
    public int Record(int transaction, in Acknowledgement answer, int transfers)
    {
        if (!answer.IsCommitted)
        {
            _refusals.AddOrUpdate(answer.Outcome, 1, (_, count) => count + 1);
            return 0;
        }

        _committed[transaction] = true;
        if (answer.Refused is not { } refused)
        {
            return transfers;
        }

        _refusedOperations[transaction] = refused;
        return transfers - refused.Length;
    }
}
