using System.Diagnostics;
using System.Diagnostics.Metrics;
using Actors.Engine.Chains;
using Actors.Engine.Views;
using Actors.Ledger.Blocks;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Telemetry;

/// <summary>
/// What the engine counts, over all chains of the process: a node can have many chains, so none of it is labelled by chain. While
/// nobody listens an instrument costs one test of a flag. docs/operations.md says what each is for.
/// </summary>
public static class EngineMetrics
{
    public const string Name = "Actors.Engine";

    internal static readonly ActivitySource Activities = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Submissions = Meter.CreateCounter<long>(
        "actors.engine.submissions", "{transaction}", "Submissions that came to an end, by class: committed, refused, repeated, answered, failed, overloaded.");

    private static readonly UpDownCounter<long> InFlight = Meter.CreateUpDownCounter<long>(
        "actors.engine.in_flight", "{transaction}", "Submissions admitted and not yet answered.");

    private static readonly UpDownCounter<long> VerifyQueue = Meter.CreateUpDownCounter<long>(
        "actors.engine.verify_queue", "{transaction}", "Submissions that wait for a check of their signatures.");

    private static readonly Counter<long> Blocks = Meter.CreateCounter<long>(
        "actors.engine.blocks", "{block}", "Blocks committed.");

    private static readonly Counter<long> Operations = Meter.CreateCounter<long>(
        "actors.engine.operations", "{operation}", "Operations of the transactions in those blocks, refused ones included.");

    private static readonly Histogram<long> BlockTransactions = Meter.CreateHistogram<long>(
        "actors.engine.block.transactions", "{transaction}", "Transactions of a committed block: how much one cut took.");

    private static readonly Histogram<long> BlockBytes = Meter.CreateHistogram<long>(
        "actors.engine.block.size", "By", "Bytes of a committed block.");

    private static readonly Histogram<double> AppendDuration = Meter.CreateHistogram<double>(
        "actors.engine.append.duration", "s", "One durable append, by result: appended, not-appended, lost.");

    private static readonly Histogram<double> SnapshotDuration = Meter.CreateHistogram<double>(
        "actors.engine.snapshot.duration", "s", "Writing one snapshot, by result: current, given-up.");

    private static readonly Counter<long> SnapshotPages = Meter.CreateCounter<long>(
        "actors.engine.snapshot.pages", "{page}", "Pages of the snapshots that became current.");

    private static readonly Counter<long> ChainsStopped = Meter.CreateCounter<long>(
        "actors.engine.chains_stopped", "{chain}", "Chains that stopped because of a fault, not because the node was shut down.");

    private static readonly Counter<long> ChainsNotWoken = Meter.CreateCounter<long>(
        "actors.engine.chains_not_woken", "{chain}", "Tries to open a chain with something due that failed.");

    internal static void Admitted() => InFlight.Add(1);

    internal static void Released() => InFlight.Add(-1);

    internal static void Overloaded() => Submissions.Add(1, Class("overloaded"));

    internal static void Answered(SubmissionResult result)
    {
        if (Submissions.Enabled)
        {
            Submissions.Add(1, Class(ClassOf(result)));
        }
    }

    internal static void Failed() => Submissions.Add(1, Class("failed"));

    internal static void QueuedForVerification() => VerifyQueue.Add(1);

    internal static void TakenForVerification() => VerifyQueue.Add(-1);

    internal static void Committed(BlockHeader header, int bytes)
    {
        Blocks.Add(1);
        Operations.Add(header.OperationCount);
        BlockTransactions.Record(header.TransactionCount);
        BlockBytes.Record(bytes);
    }

    internal static void Appended(AppendKind result, TimeSpan duration) => AppendDuration.Record(duration.TotalSeconds, Result(result switch
    {
        AppendKind.Appended => "appended",
        AppendKind.NotAppended => "not-appended",
        _ => "lost",
    }));

    internal static void SnapshotEnded(bool isCurrent, int pages, TimeSpan duration)
    {
        SnapshotDuration.Record(duration.TotalSeconds, Result(isCurrent ? "current" : "given-up"));
        SnapshotPages.Add(isCurrent ? pages : 0);
    }

    internal static void ChainStopped() => ChainsStopped.Add(1);

    internal static void NotWoken() => ChainsNotWoken.Add(1);

    private static string ClassOf(SubmissionResult result) => result switch
    {
        { Recorded: null } => "answered",
        { Outcome: Outcome.AlreadyCommitted } => "repeated",
        { Outcome: Outcome.Committed } => "committed",
        _ => "refused",
    };

    private static KeyValuePair<string, object?> Class(string name) => new("class", name);

    private static KeyValuePair<string, object?> Result(string name) => new("result", name);
}
