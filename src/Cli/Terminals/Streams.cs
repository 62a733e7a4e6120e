namespace Actors.Cli.Terminals;

/// <summary>
/// Where a command writes: answers to <paramref name="Out"/>, everything else (errors, progress) to <paramref name="Error"/>, which may be
/// a terminal that a bar can be drawn on.
/// </summary>
public sealed record Streams(TextWriter Out, TextWriter Error, bool ErrorIsTerminal)
{
    public static Streams OfProcess() => new(Console.Out, Console.Error, !Console.IsErrorRedirected);
}
