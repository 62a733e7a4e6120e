using Microsoft.Extensions.Logging;

namespace Actors.Grains.Channels;

internal static partial class ChannelGrainLog
{
    [LoggerMessage(120, LogLevel.Information, "Channel {Channel} is relayed here")]
    public static partial void Relayed(this ILogger logger, string channel);

    [LoggerMessage(121, LogLevel.Debug, "The relay of channel {Channel} of chain {Chain} could not be woken; it is tried again")]
    public static partial void NotWoken(this ILogger logger, Exception fault, string chain, uint channel);
}
