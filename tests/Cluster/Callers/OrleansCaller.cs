using Actors.ClusterTests.Programs;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Configuration;

namespace Actors.ClusterTests.Callers;

/// <summary>An Orleans client of the test cluster: somebody who can call any grain with anything.</summary>
internal sealed class OrleansCaller : IAsyncDisposable
{
    private readonly IHost _host;

    private OrleansCaller(IHost host) => _host = host;

    public IClusterClient Grains => (IClusterClient)_host.Services.GetService(typeof(IClusterClient))!;

    public static async Task<OrleansCaller> ConnectAsync(TestCluster cluster)
    {
        var database = new NpgsqlConnectionStringBuilder(cluster.Database.NodeString) { SearchPath = "actors" }.ConnectionString;
        var host = new HostBuilder()
            .UseOrleansClient(client => client
                .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("tests", "actors"))
                .UseAdoNetClustering(membership => (membership.Invariant, membership.ConnectionString) = ("Npgsql", database)))
            .Build();
        await host.StartAsync();
        return new OrleansCaller(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
