using Microsoft.Extensions.Logging;

namespace Actors.Grains.Chains;

internal static partial class ChainGrainLog
{
    [LoggerMessage(100, LogLevel.Information, "Chain {Chain} is served here")]
    public static partial void Opened(this ILogger logger, string chain);

    [LoggerMessage(101, LogLevel.Error, "Chain {Chain} could not be opened")]
    public static partial void NotOpened(this ILogger logger, Exception fault, string chain);

    [LoggerMessage(102, LogLevel.Warning, "Chain {Chain} is served here no more: {Reason}")]
    public static partial void Stopped(this ILogger logger, string chain, string reason);

    [LoggerMessage(103, LogLevel.Information, "Chain {Chain} is closed: {Reason}")]
    public static partial void Closed(this ILogger logger, string chain, string reason);

    [LoggerMessage(104, LogLevel.Debug, "New blocks of chain {Chain} could not be announced; who watches finds them later")]
    public static partial void NotAnnounced(this ILogger logger, Exception fault, string chain);
}
