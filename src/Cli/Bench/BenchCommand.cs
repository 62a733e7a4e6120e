using System.CommandLine;
using Actors.Cli.Bench.Channels;
using Actors.Cli.Terminals;

namespace Actors.Cli.Bench;

/// <summary><c>actors bench transfers</c> and <c>bench channels</c>: how fast, on this machine, measured with every account checked afterwards.</summary>
internal static class BenchCommand
{
    private const string Summary = "Measure what this machine does; every account is checked afterwards.";

    /// <param name="runner">Gives it its action.</param>
    /// <param name="open">Another program's way to what takes the load; null: what the options name.</param>
    public static Command Create(CommandRunner runner, Func<CancellationToken, Task<IBenchTarget>>? open = null) =>
        open is null
            ? new("bench", Summary) { Transfers(runner, open), OverChannels(runner) }
            : new("bench", Summary) { Transfers(runner, open) };

    private static Command OverChannels(CommandRunner runner)
    {
        var options = new ChannelsOptions();
        var command = new Command("channels", "Value sent over channels between pairs of chains made for it: received, executed and acknowledged, durable on both. Ends with 1 if the invariants do not hold.");
        return runner.RunAsync(options.AddTo(command), async (session, cancellation) =>
        {
            var bench = new ChannelsBench(options.Read(session), session.Streams, line => (session.Json ? session.Streams.Error : session.Streams.Out).WriteLine(line));
            var report = await bench.RunAsync(cancellation);
            session.Answer(report.Json, report.Lines);
            if (report.FirstMismatch is null)
            {
                return ExitCode.Fine;
            }

            session.Notice("actors: the invariants do not hold: " + report.FirstMismatch);
            return ExitCode.FoundWrong;
        });
    }

    private static Command Transfers(CommandRunner runner, Func<CancellationToken, Task<IBenchTarget>>? open)
    {
        var options = new BenchOptions();
        var command = new Command("transfers", "Transfers between accounts of a chain made for it: durable, signed before the run. Ends with 1 if the invariants do not hold.");
        return runner.RunAsync(options.AddTo(command), async (session, cancellation) =>
        {
            var settings = options.Read(session, runner.Common) with { OpenTarget = open };
            var bench = new TransfersBench(settings, session.Streams, session.Credential(runner.Common), line => (session.Json ? session.Streams.Error : session.Streams.Out).WriteLine(line));
            var report = await bench.RunAsync(cancellation);
            session.Answer(report.Json, report.Lines);
            if (report.Invariants.Holds)
            {
                return ExitCode.Fine;
            }

            session.Notice("actors: the invariants do not hold: " + (report.Invariants.FirstMismatch ?? $"posted sums to {report.Invariants.PostedSum}"));
            return ExitCode.FoundWrong;
        });
    }
}
