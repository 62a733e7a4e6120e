using Microsoft.Extensions.Logging;

namespace Actors.Grains.Due;

internal static partial class DueGrainLog
{
    [LoggerMessage(130, LogLevel.Information, "{Woken} chains had something due and were woken, {Failed} could not be")]
    public static partial void Woken(this ILogger logger, int woken, int failed);

    [LoggerMessage(131, LogLevel.Warning, "Chain {Chain} has something due and could not be woken; it is tried again")]
    public static partial void NotWoken(this ILogger logger, Exception fault, string chain);

    [LoggerMessage(132, LogLevel.Warning, "Which chains have something due could not be read; it is tried again")]
    public static partial void NotLooked(this ILogger logger, Exception fault);

    [LoggerMessage(133, LogLevel.Warning, "The reminder that wakes chains could not be registered; it is tried again")]
    public static partial void NotRegistered(this ILogger logger, Exception fault);
}
