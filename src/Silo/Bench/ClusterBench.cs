using Actors.Cli;
using Actors.Cli.Bench;
using Actors.Cli.Client;
using Actors.Cli.Terminals;
using Actors.Engine.Faults;
using Actors.Silo.Hosting;
using ClusterOptions = Actors.Silo.Settings.ClusterOptions;

namespace Actors.Silo.Bench;

/// <summary>
/// <c>bench transfers ...</c>: the bench of <c>actors</c> through an Orleans client, against a cluster that runs; <c>bench idle ...</c>: what idle chains cost
/// it. The database is named by <c>ACTORS_STORE</c>, the cluster by <c>Actors__Cluster__ClusterId</c>.
/// </summary>
internal static class ClusterBench
{
    private const string StoreVariable = "ACTORS_STORE";

    public static Task<int> RunAsync(string[] args) =>
        args is ["bench", "idle", ..] ? RunIdleAsync(args) : ActorsCommand.RunBenchAsync(args, Streams.OfProcess(), OpenTargetAsync);

    private static async Task<int> RunIdleAsync(string[] args)
    {
        try
        {
            var options = IdleOptions.Parse(args.AsSpan(2));
            var (cluster, _) = await OpenAsync(CancellationToken.None);
            await using (cluster)
            {
                await new IdleBench(cluster, options, Console.Out).RunAsync(CancellationToken.None);
            }

            return ExitCode.Fine;
        }
        catch (Exception fault) when (fault is FormatException or CannotRunException or RefusedException or EngineFaultException or ArgumentException)
        {
            await Console.Error.WriteLineAsync($"silo: {fault.Message} (usage: {IdleOptions.Usage})");
            return ExitCode.CouldNotRun;
        }
    }

    private static async Task<IBenchTarget> OpenTargetAsync(CancellationToken cancellation)
    {
        var (cluster, id) = await OpenAsync(cancellation);
        return new LedgerNodeTarget(cluster, $"cluster '{id}' through an Orleans client", backup: null);
    }

    private static async Task<(ClusterConnection Cluster, string Id)> OpenAsync(CancellationToken cancellation)
    {
        var store = Environment.GetEnvironmentVariable(StoreVariable) is { Length: > 0 } given ? given
            : throw new CannotRunException($"which cluster? {StoreVariable} is not set to the connection string of its database");
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var options = configuration.GetSection(ClusterOptions.Section).Get<ClusterOptions>() ?? new ClusterOptions();
        using var logging = LoggerFactory.Create(_ => { });
        return (await ClusterConnection.OpenAsync(options, store, logging, cancellation), options.ClusterId);
    }
}
