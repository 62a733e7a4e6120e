using System.Net;
using System.Net.Sockets;
using Actors.Engine.Intake;
using Actors.Grains.Chains;
using Actors.Grains.Due;
using Actors.Grains.Submissions;
using Actors.Grains.Webhooks;
using Actors.Silo.Settings;
using Actors.Silo.Tls;
using Microsoft.Extensions.Configuration.Memory;
using Orleans.Configuration;
using ClusterOptions = Actors.Silo.Settings.ClusterOptions;

namespace Actors.Silo.Hosting;

/// <summary>Makes a process a silo: who is in the cluster, where this one listens, what bounds it, and what its grains stand on.</summary>
internal static class SiloHosting
{
    /// <summary>After all silos died at once there is nobody to vote them out: a new one waits until their rows are three of these old.</summary>
    private static readonly TimeSpan AliveEvery = TimeSpan.FromSeconds(5);
    private const int BlockStreamQueues = 4;
    private const string StreamSubscriptions = "PubSubStore";

    public static ClusterOptions AddSilo(this WebApplicationBuilder builder)
    {
        builder.Services.AddClusterOptions();
        var (options, store) = ClusterSettings.Read(builder);
        QuietenLogs(builder);
        if (!options.Local)
        {
            DatabaseCheck.Require(store);
        }

        var secret = options.Local ? SiloSecret.Random() : SiloSecret.Read(options.SecretFile);
        builder.Services.AddSingleton(secret);
        builder.Services.AddSingleton(new Vouchers(secret.KeyFor("actors voucher 1")));
        builder.Services.AddSingleton<GenesisCache>();
        builder.Services.AddSingleton(_ => new EnvelopeCheck(builder.Configuration.GetValue("Actors:Engine:KeyCacheMax", new Gateway.Settings.EngineOptions().KeyCacheMax)));
        builder.Services.AddSingleton<WebhookSender>();
        builder.Services.AddSingleton(ChainHosting.Open);
        builder.Services.Configure<DueOptions>(due => due.Every = TimeSpan.FromMilliseconds(options.DueEveryMs));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout += TimeSpan.FromMilliseconds(options.DrainMs));
        builder.Host.UseOrleans((_, silo) => Configure(silo, options, store));
        builder.Services.AddHostedService<DueStart>();
        return options;
    }

    /// <summary>What only says that all is well is left out, unless whoever runs the silo asks for it.</summary>
    private static void QuietenLogs(WebApplicationBuilder builder) => builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
    {
        InitialData = new Dictionary<string, string?> { ["Logging:LogLevel:Orleans"] = "Warning", ["Logging:LogLevel:Polly"] = "Warning" },
    });

    private static void Configure(ISiloBuilder silo, ClusterOptions options, string store)
    {
        Bound(silo, options);
        var (siloPort, gatewayPort) = (FreePort(options.SiloPort), FreePort(options.GatewayPort));
        if (options.Local)
        {
            silo.UseLocalhostClustering(siloPort, gatewayPort, serviceId: options.ServiceId, clusterId: options.ClusterId);
            silo.AddMemoryGrainStorage(WebhookOptions.Storage).AddMemoryGrainStorage(StreamSubscriptions).UseInMemoryReminderService();
        }
        else
        {
            var database = DatabaseCheck.ForProviders(store);
            silo.Configure<Orleans.Configuration.ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, options.ServiceId));
            silo.ConfigureEndpoints(IPAddress.Parse(options.AdvertisedAddress), siloPort, gatewayPort, listenOnAnyHostAddress: false);
            silo.UseAdoNetClustering(membership => (membership.Invariant, membership.ConnectionString) = (DatabaseCheck.Provider, database));
            silo.UseAdoNetReminderService(reminders => (reminders.Invariant, reminders.ConnectionString) = (DatabaseCheck.Provider, database));
            silo.AddAdoNetGrainStorage(WebhookOptions.Storage, storage => (storage.Invariant, storage.ConnectionString) = (DatabaseCheck.Provider, database));
            silo.AddAdoNetGrainStorage(StreamSubscriptions, storage => (storage.Invariant, storage.ConnectionString) = (DatabaseCheck.Provider, database));
        }

        silo.AddMemoryStreams(BlockNews.StreamProvider, streams => streams.ConfigurePartitioning(BlockStreamQueues));
        silo.AddActivityPropagation();
        if (options.Tls is { } tls)
        {
            silo.UseTls(tls);
        }
    }

    /// <summary>What Orleans leaves without a limit unless it is told.</summary>
    private static void Bound(ISiloBuilder silo, ClusterOptions options)
    {
        silo.Configure<SiloOptions>(name => name.SiloName = options.SiloName);
        silo.Configure<SiloMessagingOptions>(messaging =>
        {
            messaging.ResponseTimeout = TimeSpan.FromMilliseconds(options.CallTimeoutMs);
            messaging.SystemResponseTimeout = TimeSpan.FromMilliseconds(options.CallTimeoutMs);
            messaging.MaxMessageBodySize = options.MessageBytesMax;
            messaging.MaxEnqueuedRequestsHardLimit = options.QueuedCallsMax;
        });
        silo.Configure<ClusterMembershipOptions>(membership => membership.IAmAliveTablePublishTimeout = AliveEvery);
        silo.Configure<LoadSheddingOptions>(shedding =>
        {
            shedding.LoadSheddingEnabled = options.SheddingProcessorPercent > 0;
            shedding.CpuThreshold = options.SheddingProcessorPercent;
        });
        silo.Configure<ReminderOptions>(reminders => reminders.MinimumReminderPeriod = TimeSpan.FromMilliseconds(Math.Min(60_000, options.DueEveryMs)));
        silo.Configure<GrainCollectionOptions>(collection =>
        {
            collection.CollectionAge = TimeSpan.FromMilliseconds(options.IdleMs);
            collection.CollectionQuantum = TimeSpan.FromMilliseconds(Math.Max(1_000, options.IdleMs / 10));
            collection.DeactivationTimeout = TimeSpan.FromMilliseconds(options.DrainMs);
        });
    }

    private static int FreePort(int port)
    {
        if (port > 0)
        {
            return port;
        }

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
