using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Actors.Cli.Bench.Channels;
using Actors.Cli.Terminals;

namespace Actors.Cli.Bench;

/// <summary>What a figure is worth nothing without: the machine, the versions, the store and the settings.</summary>
internal sealed record BenchHeader(IReadOnlyList<(string Name, string Value)> Rows)
{
    private const string ProcessorFile = "/proc/cpuinfo";

    public static BenchHeader Of(BenchSettings settings, IBenchTarget target) => new(
    [
        .. Machine,
        ("target", target.Description),
        ("accounts", string.Create(CultureInfo.InvariantCulture, $"{settings.Accounts} of {settings.Keysets} keysets{(settings.Chains == 1 ? "" : $" on {settings.Chains} chains, evenly")}, {Spread(settings)}")),
        ("signing", settings.Signing == Signing.Single ? "each transfer signed, before the run" : string.Create(CultureInfo.InvariantCulture, $"one signature a bulk of {settings.TransfersPerTransaction} transfers, before the run")),
        ("load", string.Create(CultureInfo.InvariantCulture, $"{settings.InFlightMax} transactions in flight{(settings.Pace is { } pace ? $", {pace} transfers/s offered" : "")}; warm-up {settings.WarmUp.TotalSeconds:0.#} s, measured {settings.Measured.TotalSeconds:0.#} s; load generator on the same cores")),
    ]);

    public static BenchHeader Of(ChannelsSettings settings) => new(
    [
        .. Machine,
        ("target", settings.OverRelay ? $"two gateways in processes of their own, {LedgerNodeTarget.Describe(null)}, joined by 'actors relay' in this process" : $"engine in this process, {LedgerNodeTarget.Describe(settings.Store)}, the node's own relay"),
        ("channels", string.Create(CultureInfo.InvariantCulture, $"{settings.Pairs} pairs of chains, one channel each; {settings.Accounts} accounts on each chain, uniform")),
        ("signing", string.Create(CultureInfo.InvariantCulture, $"one signature a bulk of {settings.SendsPerBulk} sends, before the run")),
        ("load", string.Create(CultureInfo.InvariantCulture, $"{settings.BulksInFlightMax} bulks a pair not yet acknowledged{(settings.Pace is { } pace ? $", {pace} messages/s offered" : "")}; warm-up {settings.WarmUp.TotalSeconds:0.#} s, measured {settings.Measured.TotalSeconds:0.#} s; load generator on the same cores")),
    ]);

    private static (string Name, string Value)[] Machine =>
    [
        ("machine", string.Create(CultureInfo.InvariantCulture, $"{ProcessorName()}, {Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30):F1} GiB memory")),
        ("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}"),
        ("signatures", SignatureSpeed.Describe()),
        ("version", typeof(BenchHeader).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown"),
    ];

    public IEnumerable<string> Lines => Table.Of([.. Rows.Select(row => (row.Name, (string?)row.Value))]);

    public JsonObject Json
    {
        get
        {
            var json = new JsonObject();
            foreach (var (name, value) in Rows)
            {
                json[name] = value;
            }

            return json;
        }
    }

    private static string Spread(BenchSettings settings) =>
        settings.Signing == Signing.Single || settings.Keysets == 1 ? "uniform random pairs" : "signing owner uniform, debited account uniform among the owner's, credited account uniform among all";

    private static string ProcessorName()
    {
        if (!File.Exists(ProcessorFile))
        {
            return RuntimeInformation.ProcessArchitecture.ToString();
        }

        var line = File.ReadLines(ProcessorFile).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line?[(line.IndexOf(':') + 1)..].Trim() ?? "unknown processor";
    }
}
