using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Actors.Cli.Client;
using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Assets;
using Actors.Ledger.Chains;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;
using Actors.ProcessTests.Programs;

namespace Actors.ProcessTests.Relays;

/// <summary>One of the two: a gateway with a data folder, on a port that it keeps over restarts, and its one chain.</summary>
internal sealed class Side(string chain) : IDisposable
{
    private readonly DataFolder _folder = new();
    private readonly string _address = $"http://127.0.0.1:{FreePort()}";
    private int _sent;

    public ChainId Chain { get; } = ChainId.Parse(chain);

    public Genesis Genesis { get; private set; } = null!;

    public GatewayProcess Gateway { get; private set; } = null!;

    public string Address => _address;

    public string TokenFile => Path.Combine(_folder.Path, "admin-token");

    public SigningKey Operator { get; } = SigningKey.Create();

    public async Task StartAsync(params string[] settings) => Gateway = await GatewayProcess.StartAsync(_folder.Path, ["--Actors:Listen", _address, .. settings]);

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
        Gateway?.Dispose();
        Operator.Dispose();
        _folder.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>
/// Two gateways in processes of their own, home and away, with an open channel and a route for home's euros, joined by nothing but <c>actors relay</c>.
/// </summary>
internal sealed class TwoNodes : IDisposable
{
    public const long Funds = 10_000_000;
    public const ulong Holder = 3;
    public const ulong Recipient = 2;
    private const ulong Escrow = 2;
    private const ulong Issuer = 1;
    private const int LooksMax = 2_400;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    public Side Home { get; } = new("home");

    public Side Away { get; } = new("away");

    public static async Task<TwoNodes> StartAsync()
    {
        var nodes = new TwoNodes();
        await Task.WhenAll(nodes.Home.StartAsync(), nodes.Away.StartAsync());
        await nodes.Home.CreateAsync();
        await nodes.Away.CreateAsync();
        await nodes.OpenAsync();
        return nodes;
    }

    public string[] RelayArguments(params string[] more) => RelayArguments(Home.Address, Away.Address, more);

    public string[] RelayArguments(string from, string to, params string[] more) =>
        ["relay", "--from", from, "--to", to, "--from-api-key", "@" + Home.TokenFile, "--to-api-key", "@" + Away.TokenFile, .. more];

    public Task<ActorsCommand> RelayOnceAsync(params string[] more) => ActorsCommand.SucceedAsync([.. RelayArguments(more), "--once"]);

    public static Send Out(long amount, int timeoutMs = 3_600_000, ulong recipient = Recipient) =>
        new(AccountReference.Numbered(new AccountNumber(Holder)), new AccountNumber(Escrow), new AccountNumber(recipient), amount, In(timeoutMs));

    public static Send Back(long amount) =>
        new(AccountReference.Numbered(new AccountNumber(Recipient)), new AccountNumber(Issuer), new AccountNumber(Holder), amount, In(3_600_000));

    /// <summary>Waits until everything sent from either side is settled.</summary>
    public async Task SettledAsync() => await UntilAsync(async () =>
    {
        foreach (var side in new[] { Home, Away })
        {
            var position = await side.PositionAsync();
            if (position.Settled != position.Sent)
            {
                return $"{side.Chain} has {position.Settled.ToString(CultureInfo.InvariantCulture)} of {position.Sent.ToString(CultureInfo.InvariantCulture)} packets settled";
            }
        }

        return null;
    });

    /// <summary>Waits until nothing is missing any more, which is said in a sentence.</summary>
    public static async Task UntilAsync(Func<Task<string?>> missing)
    {
        for (var looks = 1; await missing() is { } still; looks++)
        {
            Assert.True(looks < LooksMax, $"{still}, {looks} times");
            await Task.Delay(LookEvery);
        }
    }

    /// <summary>So much is away, no more and no less, on both sides.</summary>
    public async Task HoldsAwayAsync(long amount)
    {
        Assert.Equal(amount, await Away.PostedAsync(Recipient));
        Assert.Equal(-amount, await Away.PostedAsync(Issuer));
        Assert.Equal(amount, await Home.PostedAsync(Escrow));
        Assert.Equal(Funds - amount, await Home.PostedAsync(Holder));
    }

    public void Dispose()
    {
        Home.Dispose();
        Away.Dispose();
    }

    private async Task OpenAsync()
    {
        await Home.CommitAsync(new OpenPeer(Away.Chain, Away.Genesis), new OpenChannel(EntityReference.Created(0), 100_000));
        await Away.CommitAsync(new OpenPeer(Home.Chain, Home.Genesis), new OpenChannel(EntityReference.Created(0), 100_000, 1));
        await RelayOnceAsync();
        await Home.CommitAsync(
            new CreateAsset(EntityReference.Numbered(1), 2, "EUR"),
            new OpenAccounts(EntityReference.Numbered(1), EntityReference.Created(0), 1, AccountLimits.NoFloor),
            new OpenRoute(EntityReference.Numbered(1), EntityReference.Created(0)),
            new OpenAccounts(EntityReference.Numbered(1), EntityReference.Created(0), 1));
        await Home.CommitAsync(new Transfer(AccountReference.Numbered(new AccountNumber(1)), AccountReference.Numbered(new AccountNumber(Holder)), Funds));
        await Away.CommitAsync(new OpenRoute(EntityReference.Numbered(1), default, new Voucher(1, 2, "HOME.EUR")));
        await Away.CommitAsync(new OpenAccounts(EntityReference.Numbered(1), EntityReference.Numbered(1), 1));
    }

    private static Timestamp In(int milliseconds) => new((ulong)(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + milliseconds));
}
