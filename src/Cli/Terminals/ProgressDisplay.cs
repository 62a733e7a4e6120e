using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Actors.Cli.Terminals;

/// <summary>How far a long piece of work is. Written by the work, read by whoever shows it.</summary>
internal sealed class Advance
{
    private long _done;
    private long _total;

    public long Done => Interlocked.Read(ref _done);

    /// <summary>0 while it is not known.</summary>
    public long Total
    {
        get => Interlocked.Read(ref _total);
        set => Interlocked.Exchange(ref _total, value);
    }

    public void Add(long count) => Interlocked.Add(ref _done, count);

    public void Report(long done, long total)
    {
        Interlocked.Exchange(ref _done, done);
        Total = total;
    }
}

/// <summary>
/// Shows work that takes longer than two seconds: a bar where there is a terminal, a plain line now and then where there is
/// not. Quick work shows nothing. Everything goes to stderr.
/// </summary>
internal static class ProgressDisplay
{
    private static readonly TimeSpan SilentFor = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenFrames = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5);

    public static async Task<T> RunAsync<T>(Streams streams, string title, Func<Advance, Task<T>> work)
    {
        var advance = new Advance();
        var task = Task.Run(() => work(advance));
        if (await Task.WhenAny(task, Task.Delay(SilentFor)) != task)
        {
            await (streams.ErrorIsTerminal ? DrawAsync(title, advance, task) : WriteLinesAsync(streams.Error, title, advance, task));
        }

        return await task;
    }

    public static Task RunAsync(Streams streams, string title, Func<Advance, Task> work) =>
        RunAsync(streams, title, async advance =>
        {
            await work(advance);
            return true;
        });

    private static Task DrawAsync(string title, Advance advance, Task work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(title), maxValue: 1);
                while (await Task.WhenAny(work, Task.Delay(BetweenFrames)) != work)
                {
                    bar.IsIndeterminate = advance.Total == 0;
                    bar.MaxValue = Math.Max(1, advance.Total);
                    bar.Value = advance.Done;
                }
            });
    }

    private static async Task WriteLinesAsync(TextWriter error, string title, Advance advance, Task work)
    {
        var since = Stopwatch.StartNew();
        do
        {
            var part = advance.Total == 0 ? advance.Done.ToString(CultureInfo.InvariantCulture) : $"{advance.Done} of {advance.Total}";
            error.WriteLine($"{title}: {part} after {(since.Elapsed + SilentFor).TotalSeconds:F0} s");
        }
        while (await Task.WhenAny(work, Task.Delay(BetweenLines)) != work);
    }
}
