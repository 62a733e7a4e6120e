using System.Text.Json.Nodes;
using Actors.Cli.Terminals;

namespace Actors.Cli.Bench.Channels;

/// <summary>The figures of a run, under the names that <see cref="BenchReport"/> uses. The names in <see cref="Json"/> are a contract.</summary>
internal sealed record ChannelsReport(BenchHeader Header, ChannelsSettings Settings, long Messages, TimeSpan Elapsed, TimeSpan ProcessorTime, LatencyHistogram Latency)
{
    /// <summary>Growth of everything stored on both sides, over everything sent; null in a database, whose tables chains share.</summary>
    public required double? BytesPerMessage { get; init; }

    public required long PeakMemoryBytes { get; init; }

    public required bool RanOut { get; init; }

    /// <summary>In a sentence; null when every account of every chain holds what it must.</summary>
    public required string? FirstMismatch { get; init; }

    public JsonObject Json => new()
    {
        ["header"] = Header.Json,
        ["committedPerSecond"] = Round(Messages / Elapsed.TotalSeconds),
        ["messages"] = Messages,
        ["seconds"] = Round(Elapsed.TotalSeconds),
        ["latencyMs"] = new JsonObject
        {
            ["p50"] = Milliseconds(0.50),
            ["p99"] = Milliseconds(0.99),
            ["p999"] = Milliseconds(0.999),
            ["max"] = Round(Latency.Max.TotalMilliseconds),
        },
        ["cpuMicrosPerTransfer"] = Round(ProcessorTime.TotalMicroseconds / Math.Max(1, Messages)),
        ["bytesPerTransfer"] = BytesPerMessage is { } bytes ? Round(bytes) : null,
        ["peakMemoryBytes"] = PeakMemoryBytes,
        ["ranOut"] = RanOut,
        ["invariantsHold"] = FirstMismatch is null,
        ["invariants"] = new JsonObject { ["firstMismatch"] = FirstMismatch },
    };

    public IEnumerable<string> Lines =>
    [
        .. Table.Of(
            ("acknowledged", Text($"{Messages / Elapsed.TotalSeconds:N0} messages/s ({Messages:N0} in {Elapsed.TotalSeconds:F1} s)")),
            ("latency", Text($"p50 {Milliseconds(0.50)} ms, p99 {Milliseconds(0.99)} ms, p99.9 {Milliseconds(0.999)} ms, largest {Round(Latency.Max.TotalMilliseconds)} ms (of a bulk, from its submission to its acknowledgement)")),
            ("CPU", Text($"{ProcessorTime.TotalMicroseconds / Math.Max(1, Messages):F2} µs a message, both chains, the relay and the load generator included")),
            ("disk", BytesPerMessage is { } bytes ? Text($"{bytes:F1} bytes a message, both chains") : null),
            ("memory", Text($"{PeakMemoryBytes / (double)(1 << 20):F0} MiB at most")),
            ("note", RanOut ? "the signed messages ran out before the time did; give a higher --rate" : null)),
        FirstMismatch is null
            ? Text($"invariants hold: each of {2L * Settings.Pairs * Settings.Accounts:N0} accounts holds what was sent and received, escrow equals vouchers in every pair")
            : $"INVARIANTS DO NOT HOLD: {FirstMismatch}",
    ];

    private double Milliseconds(double share) => Round(Latency.Percentile(share).TotalMilliseconds);

    private static double Round(double value) => Math.Round(value, 3);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
