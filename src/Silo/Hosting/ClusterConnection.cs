using Actors.Engine;
using Actors.Grains.Calls;
using Actors.Ledger;
using Actors.Silo.Tls;
using Orleans.Configuration;
using ClusterOptions = Actors.Silo.Settings.ClusterOptions;

namespace Actors.Silo.Hosting;

/// <summary>
/// A connection to a cluster from outside: a host of its own, so that the gateway listens, and says that it is not ready, for as long as no silo can be
/// reached.
/// </summary>
internal sealed class ClusterConnection : ILedgerNode, IAsyncDisposable
{
    private static readonly TimeSpan GatewaysSeenAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private readonly IHost _host;
    private readonly ClusterNode _node;

    private ClusterConnection(IHost host)
    {
        _host = host;
        _node = new ClusterNode(host.Services.GetRequiredService<IClusterClient>());
    }

    public static async Task<ClusterConnection> OpenAsync(ClusterOptions options, string store, ILoggerFactory logging, CancellationToken cancellation)
    {
        DatabaseCheck.Require(store);
        var builder = new HostBuilder();
        builder.ConfigureServices(services => services.AddSingleton(logging));
        builder.UseOrleansClient(client => Configure(client, options, store));
        var host = builder.Build();
        try
        {
            await host.StartAsync(cancellation);
            return new ClusterConnection(host);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    public IGrainFactory Grains => _host.Services.GetRequiredService<IClusterClient>();

    public ValueTask<IReadOnlyList<ChainId>> ListChainsAsync(ChainId? after, int countMax, CancellationToken cancellation) => _node.ListChainsAsync(after, countMax, cancellation);

    public ValueTask<ILedgerChain> CreateChainAsync(ChainCreation creation, CancellationToken cancellation) => _node.CreateChainAsync(creation, cancellation);

    public ValueTask<ILedgerChain?> FindChainAsync(ChainId id, CancellationToken cancellation) => _node.FindChainAsync(id, cancellation);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private static void Configure(IClientBuilder client, ClusterOptions options, string store)
    {
        client.Configure<Orleans.Configuration.ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, options.ServiceId));
        client.Configure<ClientMessagingOptions>(messaging =>
        {
            messaging.ResponseTimeout = TimeSpan.FromMilliseconds(options.CallTimeoutMs);
            messaging.MaxMessageBodySize = options.MessageBytesMax;
        });
        client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = GatewaysSeenAfter);
        client.UseAdoNetClustering(database => (database.Invariant, database.ConnectionString) = (DatabaseCheck.Provider, DatabaseCheck.ForProviders(store)));
        client.UseConnectionRetryFilter(WaitForSiloAsync);
        client.AddActivityPropagation();
        if (options.Tls is { } tls)
        {
            client.UseTls(tls);
        }
    }

    /// <summary>For ever: until there is a silo the gateway answers that it is not ready.</summary>
    private static async Task<bool> WaitForSiloAsync(Exception exception, CancellationToken cancellation)
    {
        await Task.Delay(RetryAfter, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellation.IsCancellationRequested;
    }
}
