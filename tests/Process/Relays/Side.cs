using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Actors.Cli.Client;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;
using Actors.ProcessTests.Programs;

namespace Actors.ProcessTests.Relays;

/// <summary>
/// One of the two: a gateway with a data folder, on a port that it keeps over restarts, and its one chain; or a chain of the other side's gateway.
/// </summary>
internal sealed class Side(string chain, Side? at = null) : IDisposable
{
    private readonly DataFolder? _folder = at is null ? new() : null;
    private readonly string _address = at?.Address ?? $"http://127.0.0.1:{FreePort()}";
    private GatewayProcess? _gateway;
    private int _sent;

    public ChainId Chain { get; } = ChainId.Parse(chain);

    public Genesis Genesis { get; private set; } = null!;

    public GatewayProcess Gateway => at?.Gateway ?? _gateway!;

    public string Address => _address;

    public string DataFolder => at?.DataFolder ?? _folder!.Path;

    public string TokenFile => Path.Combine(DataFolder, "admin-token");

    public SigningKey Operator { get; } = SigningKey.Create();

    public async Task StartAsync(params string[] settings) => _gateway = await GatewayProcess.StartAsync(DataFolder, ["--Actors:Listen", _address, .. settings]);

    public async Task CreateAsync()
    {
        await Gateway.Client.CreateChainAsync(new JsonObject { ["id"] = Chain.Value, ["operator"] = new JsonObject { ["threshold"] = 1, ["keys"] = new JsonArray(new JsonObject { ["key"] = Operator.Public.ToString(), ["weight"] = 1 }) } }, default);
        Genesis = await Gateway.Client.GetGenesisAsync(Chain, default);
    }

    /// <summary>Commits the operations in one transaction; each of them must come out well.</summary>
    public async Task CommitAsync(params IReadOnlyList<IOperation> operations)
    {
        var builder = new TransactionBuilder(Genesis.Hash, operations.Count > 10 ? TransactionKind.Bulk : TransactionKind.Atomic);
        foreach (var operation in operations)
        {
            builder.Add(operation);
        }

        var expiry = new Timestamp((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 60_000 + (ulong)Interlocked.Increment(ref _sent));
        var answer = (await Gateway.Client.SubmitAsync(Chain, builder.Sign(builder.Build(expiry), [Operator]), default)).Value;
        Assert.True(answer.Outcome == Outcome.Committed && answer.Operations.All(operation => operation.Outcome == Outcome.Committed), $"{Chain}: {answer.Outcome} {answer.Detail}");
    }

    public async Task<RelayPositionAnswer> PositionAsync() => (await Gateway.Client.FindRelayPositionAsync(Chain, 1, default))!;

    public async Task<long> PostedAsync(ulong account) => (await Gateway.Client.GetAccountAsync(new Address(Chain, new AccountNumber(account)), default)).Value.Posted;

    public void Dispose()
    {
        _gateway?.Dispose();
        Operator.Dispose();
        _folder?.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
