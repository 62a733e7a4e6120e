using Actors.Engine;
using Actors.Engine.Sealing;
using Actors.Engine.Stores.Postgres;
using Actors.Engine.Stores.Sqlite;
using Actors.Gateway.Settings;
using Actors.Silo.Settings;
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
        var engine = gateway.Engine.ToNodeOptions(gateway.DataFolder, gateway.Store);
        if (cluster.Local)
        {
            Directory.CreateDirectory(gateway.DataFolder);
            return new ChainHost(new SqliteNodeStore(gateway.DataFolder), SealingKeyFolders.In(gateway.DataFolder), engine);
        }

        // A silo's disk goes with it, so heads are noted in memory; a silo that comes after a failover starts from what the database says.
        var store = PostgresNodeStore.Open(gateway.Store!, headFolder: null);
        foreach (var notice in store.Notices)
        {
            services.GetRequiredService<ILogger<ChainHost>>().Notice(notice);
        }

        var keys = services.GetRequiredService<SiloSecret>().OpenSealingKeys(gateway.Store!);
        return new ChainHost(store, keys, engine);
    }
}

internal static partial class ChainHostingLog
{
    [LoggerMessage(200, LogLevel.Warning, "{Notice}")]
    public static partial void Notice(this ILogger logger, string notice);
}
