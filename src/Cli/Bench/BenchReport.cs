using System.Globalization;
using System.Text.Json.Nodes;
using Actors.Cli.Terminals;
using Actors.Ledger.Transactions;

namespace Actors.Cli.Bench;

/// <summary>The figures of a run. The names in <see cref="Json"/> are a contract with whatever collects them.</summary>
internal sealed record BenchReport(BenchHeader Header, Measurement Measured, InvariantFinding Invariants)
{
    public required TimeSpan FirstTouch { get; init; }

    public required int Accounts { get; init; }

    /// <summary>Each has an issuer's account beside those.</summary>
    public int Chains { get; init; } = 1;

    /// <summary>Growth of everything stored, over everything committed after the accounts were set up; null of a node that ran already.</summary>
    public required double? BytesPerTransfer { get; init; }

    public required IReadOnlyDictionary<Outcome, int> Refusals { get; init; }

    public required bool RanOut { get; init; }

    public required long? PeakMemoryBytes { get; init; }

    public JsonObject Json => new()
    {
        ["header"] = Header.Json,
        ["committedPerSecond"] = Round(Measured.PerSecond),
        ["transfers"] = Measured.Transfers,
        ["seconds"] = Round(Measured.Elapsed.TotalSeconds),
        ["latencyMs"] = new JsonObject
        {
            ["p50"] = Milliseconds(0.50),
            ["p99"] = Milliseconds(0.99),
            ["p999"] = Milliseconds(0.999),
            ["max"] = Round(Measured.Latency.Max.TotalMilliseconds),
        },
        ["cpuMicrosPerTransfer"] = Round(Measured.ProcessorMicrosPerTransfer),
        ["bytesPerTransfer"] = BytesPerTransfer is { } bytes ? Round(bytes) : null,
        ["firstTouchSeconds"] = Round(FirstTouch.TotalSeconds),
        ["firstTouchAccounts"] = Accounts,
        ["peakMemoryBytes"] = PeakMemoryBytes,
        ["refused"] = Refusals.Values.Sum(),
        ["ranOut"] = RanOut,
        ["invariantsHold"] = Invariants.Holds,
        ["invariants"] = new JsonObject
        {
            ["postedSum"] = Invariants.PostedSum.ToString(CultureInfo.InvariantCulture),
            ["moved"] = Invariants.Moved.ToString(CultureInfo.InvariantCulture),
            ["mismatches"] = Invariants.Mismatches,
            ["firstMismatch"] = Invariants.FirstMismatch,
        },
    };

    public IEnumerable<string> Lines =>
    [
        .. Table.Of(
            ("committed", Text($"{Measured.PerSecond:N0} transfers/s ({Measured.Transfers:N0} in {Measured.Elapsed.TotalSeconds:F1} s)")),
            ("latency", Text($"p50 {Milliseconds(0.50)} ms, p99 {Milliseconds(0.99)} ms, p99.9 {Milliseconds(0.999)} ms, largest {Round(Measured.Latency.Max.TotalMilliseconds)} ms (of a transaction)")),
            ("CPU", Text($"{Measured.ProcessorMicrosPerTransfer:F2} µs a transfer, load generator included")),
            ("disk", BytesPerTransfer is { } bytes ? Text($"{bytes:F1} bytes a transfer, all that is stored of the chain") : "not measured: the node was running already"),
            ("first touch", Text($"{Accounts:N0} accounts in {FirstTouch.TotalSeconds:F2} s")),
            ("memory", PeakMemoryBytes is { } peak ? Text($"{peak / (double)(1 << 20):F0} MiB at most in the process that took the load") : null),
            ("refused", Refusals.Count == 0 ? null : string.Join(", ", Refusals.Select(refusal => $"{refusal.Value} {refusal.Key} ({(int)refusal.Key})"))),
            ("note", RanOut ? "the signed transactions ran out before the time did; give a higher --rate" : null)),
        Invariants.Holds
            ? Text($"invariants hold: {Accounts + Chains:N0} accounts sum to zero, each holds what the acknowledged {Invariants.Moved} minor units left it with")
            : Text($"INVARIANTS DO NOT HOLD: posted sums to {Invariants.PostedSum}, {Invariants.Mismatches:N0} accounts differ; {Invariants.FirstMismatch}"),
    ];

    private double Milliseconds(double share) => Round(Measured.Latency.Percentile(share).TotalMilliseconds);

    private static double Round(double value) => Math.Round(value, 3);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
