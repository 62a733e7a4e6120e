using Actors.Engine;
using Actors.Gateway.Settings;
using Microsoft.Extensions.Options;

namespace Actors.Gateway.Hosting;

/// <summary>The engine in this process, over the data folder.</summary>
internal static class EmbeddedNode
{
    public static NodeOpener Opener(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<GatewayOptions>>().Value;
        return cancellation => OpenAsync(options, cancellation);
    }

    private static ValueTask<ILedgerNode> OpenAsync(GatewayOptions options, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult<ILedgerNode>(LedgerNode.Open(options.Engine.ToNodeOptions(options.DataFolder)));
    }
}
