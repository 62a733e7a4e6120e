using Actors.Gateway.Hosting;
using Actors.Grains.Calls;
using Actors.Silo.Settings;

namespace Actors.Silo.Hosting;

/// <summary>Silo and gateway in one process: the HTTP API over the grains of the cluster that this silo is part of.</summary>
internal static class BothRoles
{
    public static GatewayHosting Hosting { get; } = new(Opener)
    {
        Program = "silo",
        Sections = SiloArguments.Sections,
        ShortNames = SiloArguments.ShortNames,
        Configure = builder => builder.AddSilo(),
    };

    private static NodeOpener Opener(IServiceProvider services)
    {
        var node = new ClusterNode(services.GetRequiredService<IGrainFactory>());
        return _ => ValueTask.FromResult<Engine.ILedgerNode>(node);
    }
}
