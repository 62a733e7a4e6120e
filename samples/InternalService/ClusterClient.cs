using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Configuration;

namespace Actors.Samples.InternalService;

/// <summary>Finds silos in the cluster's database and connects to them, also when they come and go.</summary>
internal static class ClusterClient
{
    private const string Schema = "actors";
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public static IHost Create(string database, string clusterId) => new HostBuilder()
        .UseOrleansClient(client => client
            .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (clusterId, clusterId))
            .UseAdoNetClustering(membership =>
            {
                membership.Invariant = "Npgsql";
                membership.ConnectionString = new NpgsqlConnectionStringBuilder(database) { SearchPath = Schema }.ConnectionString;
            })
            .UseConnectionRetryFilter(async (_, cancellation) =>
            {
                await Task.Delay(RetryAfter, cancellation);
                return true;
            }))
        .Build();
}
