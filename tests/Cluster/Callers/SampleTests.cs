using System.Diagnostics;
using System.Text.Json.Nodes;
using Actors.Cli.Client;
using Actors.ClusterTests.Programs;
using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Assets;
using Actors.Ledger.Operations;
using Actors.ProcessTests.Load;
using Actors.ProcessTests.Programs;

namespace Actors.ClusterTests.Callers;

/// <summary>samples/InternalService, as a process.</summary>
[Collection(ClusterCollection.Name)]
public sealed class SampleTests(TestCluster cluster) : IDisposable
{
    private const string Chain = "sampled";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RunMax = TimeSpan.FromSeconds(90);
    private readonly string _keyFile = Path.GetTempFileName();

    private static string Program { get; } = BuiltPrograms.Gateway
        .Replace(Path.Combine("src", "Gateway"), Path.Combine("samples", "InternalService"), StringComparison.Ordinal)
        .Replace("Actors.Gateway.dll", "Actors.Samples.InternalService.dll", StringComparison.Ordinal);

    public void Dispose() => File.Delete(_keyFile);

    [Fact]
    public async Task The_internal_service_pays_through_grains_and_is_told_when_it_cannot()
    {
        await cluster.EnsureSilosAsync(3);
        var client = cluster.Silos[0].Client(Patience);
        using var key = SigningKey.Create();
        await File.WriteAllTextAsync(_keyFile, key.ToPem());
        await OpenAsync(client, key);
        var (issuer, holder) = (new Address(ChainId.Parse(Chain), new AccountNumber(1)), new Address(ChainId.Parse(Chain), new AccountNumber(2)));

        var paid = await RunAsync(issuer, holder, "1250");
        Assert.Equal((0, true), (paid.ExitCode, paid.Said.Contains("committed in block", StringComparison.Ordinal)));
        Assert.Equal(1250, (await client.GetAccountAsync(holder, default)).Value.Posted);

        var refused = await RunAsync(holder, issuer, "1251");
        Assert.Equal((1, true), (refused.ExitCode, refused.Said.Contains("refused: BelowFloor", StringComparison.Ordinal)));
        Assert.Equal(1250, (await client.GetAccountAsync(holder, default)).Value.Posted);
    }

    /// <summary>One key is operator, issuer and holder.</summary>
    private static async Task OpenAsync(NodeClient client, SigningKey key)
    {
        await client.CreateChainAsync(
            new JsonObject
            {
                ["id"] = Chain,
                ["operator"] = new JsonObject { ["threshold"] = 1, ["keys"] = new JsonArray(new JsonObject { ["key"] = key.Public.ToString(), ["weight"] = 1 }) },
            },
            default);
        var genesis = await client.GetGenesisAsync(ChainId.Parse(Chain), default);
        var builder = new TransactionBuilder(genesis.Hash);
        var self = EntityReference.Numbered(1);
        var asset = builder.Create(new CreateAsset(self, 2, "EUR"));
        builder.Open(new OpenAccounts(self, asset, 1, AccountLimits.NoFloor));
        builder.Open(new OpenAccounts(self, asset, 1));
        await client.SubmitAsync(genesis.ChainId, builder.Sign(builder.Build(Expiries.Next()), [key]), default);
    }

    private async Task<(int ExitCode, string Said)> RunAsync(Address from, Address to, string amount)
    {
        var start = new ProcessStartInfo("dotnet", [Program, from.ToString(), to.ToString(), amount, _keyFile]) { RedirectStandardOutput = true };
        start.Environment["ACTORS_DATABASE"] = cluster.Database.NodeString;
        start.Environment["ACTORS_CLUSTER"] = "tests";
        using var service = Process.Start(start)!;
        var said = await service.StandardOutput.ReadToEndAsync().WaitAsync(RunMax);
        await service.WaitForExitAsync().WaitAsync(RunMax);
        return (service.ExitCode, said);
    }
}
