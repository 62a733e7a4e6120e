using Actors.Gateway.Hosting;
using Actors.Gateway.Settings;
using Actors.Silo.Settings;
using Microsoft.Extensions.Options;

namespace Actors.Silo.Hosting;

/// <summary>The HTTP API over the grains of a cluster that other processes host.</summary>
internal static class GatewayRole
{
    public static GatewayHosting Hosting { get; } = new(Opener)
    {
        Sections = SiloArguments.Sections,
        ShortNames = SiloArguments.ShortNames,
        Configure = builder =>
        {
            builder.Services.AddClusterOptions();
            _ = ClusterSettings.Read(builder);
        },
    };

    private static NodeOpener Opener(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<ClusterOptions>>().Value;
        var store = services.GetRequiredService<IOptions<GatewayOptions>>().Value.Store!;
        var logging = services.GetRequiredService<ILoggerFactory>();
        return async cancellation => await ClusterConnection.OpenAsync(options, store, logging, cancellation);
    }
}
