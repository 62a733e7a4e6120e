using System.Globalization;
using Actors.Ledger;

namespace Actors.Cli.Parsing;

/// <summary>Points in time and stretches of it as people write them: 2026-01-31T12:00:00Z, 90s, 15m, 2h, 7d.</summary>
internal static class Instant
{
    public static TimeSpan ParseSpan(string text) =>
        text.Length > 1 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && UnitOf(text[^1]) is { } unit
            && count * unit.TotalDays < MaxDays
            ? count * unit
            : throw new FormatException($"'{text}' is not a stretch of time: expected a number followed by s, m, h or d");

    public static Timestamp ParseTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time >= DateTimeOffset.UnixEpoch
            ? new Timestamp((ulong)time.ToUnixTimeMilliseconds())
            : throw new FormatException($"'{text}' is not a time: expected one like 2026-01-31T12:00:00Z");

    public static string Format(Timestamp time) =>
        DateTimeOffset.FromUnixTimeMilliseconds((long)time.Ms).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private const double MaxDays = 36_600;

    private static TimeSpan? UnitOf(char unit) => unit switch
    {
        's' => TimeSpan.FromSeconds(1),
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        _ => null,
    };
}
