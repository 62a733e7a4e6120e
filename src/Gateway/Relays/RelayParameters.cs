using Actors.Engine.Relays;
using Actors.Gateway.Json;
using Actors.Gateway.Problems;
using Actors.Ledger;

namespace Actors.Gateway.Relays;

/// <summary>Reads a relay's cursor and patience from the query.</summary>
internal static class RelayParameters
{
    /// <summary>A wait is no longer, so that proxies do not take the connection for dead.</summary>
    public const int WaitSecondsMax = 60;

    /// <summary>What is not given is 0, or false: a side that has nothing yet.</summary>
    /// <exception cref="RefusedException">One of them is not of its form.</exception>
    public static RelayCursor ParseCursor(string? held, string? sealedSince, string? received, string? consumed, string? confirmed) => new(
        Parse(held, ulong.MaxValue, "held"),
        Parse(sealedSince, ulong.MaxValue, "sealedSince"),
        Parse(received, Limits.SequenceMax, "received"),
        Parse(consumed, Limits.SequenceMax, "consumed"),
        Parameters.ParseFlag(confirmed, "confirmed"));

    /// <exception cref="RefusedException">It is not in its range.</exception>
    public static TimeSpan ParseWait(string? text) => TimeSpan.FromSeconds(Parameters.ParseCount(text, 0, 0, WaitSecondsMax, "wait"));

    private static ulong Parse(string? text, ulong max, string name) => text is null ? 0
        : TextForms.ParseUnsigned(text) is { } value && value <= max ? value
        : throw new RefusedException(ProblemKind.BadParameter, $"'{name}' is not a whole number from 0 to {max}");
}
