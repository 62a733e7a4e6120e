using Actors.Engine;
using Actors.Engine.Sealing;
using Actors.Engine.Stores.Sqlite;
using Actors.Gateway.Settings;
using Microsoft.Extensions.Options;
using ClusterOptions = Actors.Silo.Settings.ClusterOptions;

namespace Actors.Silo.Hosting;

/// <summary>The engine under the chain grains of this process.</summary>
internal static class ChainHosting
{
    public static ChainHost Open(IServiceProvider services)
    {
        var gateway = services.GetRequiredService<IOptions<GatewayOptions>>().Value;
        var cluster = services.GetRequiredService<IOptions<ClusterOptions>>().Value;
        var engine = gateway.Engine.ToNodeOptions(gateway.DataFolder);
        Directory.CreateDirectory(gateway.DataFolder);
        return new ChainHost(new SqliteNodeStore(gateway.DataFolder), id => new SealingKeyFolder(Path.Combine(gateway.DataFolder, "sealing-keys", id.Value)), engine);
    }
}
