using Actors.Engine;
using Actors.Gateway.Settings;
using Microsoft.Extensions.Options;

namespace Actors.Gateway.Hosting;

/// <summary>The engine in this process, over the data folder or a database.</summary>
internal static class EmbeddedNode
{
    public static NodeOpener Opener(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<GatewayOptions>>().Value;
        var logger = services.GetRequiredService<ILogger<LedgerNode>>();
        return cancellation => OpenAsync(options, logger, cancellation);
    }

    private static ValueTask<ILedgerNode> OpenAsync(GatewayOptions options, ILogger logger, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var node = LedgerNode.Open(options.Engine.ToNodeOptions(options.DataFolder, options.Store) with { NotWoken = (chain, fault) => logger.NotWoken(chain ?? "any", fault) });
        foreach (var notice in node.Notices)
        {
            logger.Notice(notice);
        }

        return ValueTask.FromResult<ILedgerNode>(node);
    }
}

internal static partial class EmbeddedNodeLog
{
    [LoggerMessage(12, LogLevel.Information, "{Notice}")]
    public static partial void Notice(this ILogger logger, string notice);

    [LoggerMessage(13, LogLevel.Warning, "Chain {Chain} may have something due and could not be woken; it is tried again")]
    public static partial void NotWoken(this ILogger logger, string chain, Exception fault);
}
