using Actors.Cli;
using Actors.Cli.Bench;
using Actors.Cli.Terminals;
using Actors.Silo.Hosting;
using ClusterOptions = Actors.Silo.Settings.ClusterOptions;

namespace Actors.Silo.Bench;

/// <summary>
/// <c>bench transfers ...</c>: the bench of <c>actors</c> through an Orleans client, against a cluster that runs. The database is named by
/// <c>ACTORS_STORE</c>, the cluster by <c>Actors__Cluster__ClusterId</c>.
/// </summary>
internal static class ClusterBench
{
    private const string StoreVariable = "ACTORS_STORE";

    public static Task<int> RunAsync(string[] args) => ActorsCommand.RunBenchAsync(args, Streams.OfProcess(), OpenAsync);

    private static async Task<IBenchTarget> OpenAsync(CancellationToken cancellation)
    {
        var store = Environment.GetEnvironmentVariable(StoreVariable) is { Length: > 0 } given ? given
            : throw new CannotRunException($"which cluster? {StoreVariable} is not set to the connection string of its database");
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var options = configuration.GetSection(ClusterOptions.Section).Get<ClusterOptions>() ?? new ClusterOptions();
        using var logging = LoggerFactory.Create(_ => { });
        var node = await ClusterConnection.OpenAsync(options, store, logging, cancellation);
        return new LedgerNodeTarget(node, $"cluster '{options.ClusterId}' through an Orleans client", backup: null);
    }
}
