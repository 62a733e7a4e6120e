using System.Text.Json.Nodes;
using Actors.Cli.Client;
using Actors.ClusterTests.Programs;
using Actors.Grains.Channels;
using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Assets;
using Actors.Ledger.Chains;
using Actors.Ledger.Operations;
using Actors.Ledger.Transfers;

namespace Actors.ClusterTests.Channels;

/// <summary>
/// A chain of the cluster with one operator who owns all of it: asset 1, its issuer's account 1 without floor, and accounts 2 to 11, of which the first holds
/// <see cref="Funds"/>.
/// </summary>
internal sealed class TestChain : IDisposable
{
    public const long Funds = 10_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly SigningKey _operator = SigningKey.Create();
    private ulong _serial;

    private TestChain(string id) => Id = ChainId.Parse(id);

    public ChainId Id { get; }

    public Genesis Genesis { get; private set; } = null!;

    public static async Task<TestChain> CreateAsync(SiloProcess gateway, string id)
    {
        var chain = new TestChain(id);
        var client = gateway.Client(Patience);
        await client.CreateChainAsync(chain.Creation, default);
        chain.Genesis = await client.GetGenesisAsync(chain.Id, default);
        await chain.CommitAsync(
            gateway,
            new CreateAsset(EntityReference.Numbered(1), 2, "EUR"),
            new OpenAccounts(EntityReference.Numbered(1), EntityReference.Created(0), 1, AccountLimits.NoFloor),
            new OpenAccounts(EntityReference.Numbered(1), EntityReference.Created(0), 10));
        await chain.CommitAsync(gateway, new Transfer(Account(1), Account(2), Funds));
        return chain;
    }

    public static AccountReference Account(ulong number) => AccountReference.Numbered(new AccountNumber(number));

    /// <summary>Unix time, so much ahead.</summary>
    public static Timestamp In(TimeSpan time) => new((ulong)DateTimeOffset.UtcNow.Add(time).ToUnixTimeMilliseconds());

    public byte[] Sign(params IReadOnlyList<IOperation> operations)
    {
        var builder = new TransactionBuilder(Genesis.Hash);
        foreach (var operation in operations)
        {
            builder.Add(operation);
        }

        // No two are the same transaction.
        return builder.Sign(builder.Build(new Timestamp(In(TimeSpan.FromMinutes(3)).Ms + (Interlocked.Increment(ref _serial) % 60_000))), [_operator]);
    }

    /// <summary>Sends until it is answered, the same bytes each time, and requires it to be committed.</summary>
    public async Task<TransactionAnswer> CommitAsync(SiloProcess gateway, params IReadOnlyList<IOperation> operations)
    {
        var answer = (await gateway.Client(Patience).SubmitAsync(Id, Sign(operations), default)).Value;
        Assert.Equal("committed", answer.Outcome.ToString(), ignoreCase: true);
        return answer;
    }

    public async Task<long> PostedAsync(SiloProcess gateway, ulong account) =>
        (await gateway.Client(Patience).GetAccountAsync(new Address(Id, new AccountNumber(account)), default)).Value.Posted;

    public async Task<PositionAnswer> PositionAsync(IGrainFactory grains, uint channel = 1) =>
        await grains.GetGrain<IRelayGrain>(Id.Value).GetPositionAsync(channel) ?? throw new InvalidOperationException($"{Id} has no channel {channel}");

    /// <summary>The silo that runs it.</summary>
    public SiloProcess Host(TestCluster cluster) => Assert.Single(cluster.Silos, silo => silo.Serves(Id.Value));

    public void Dispose() => _operator.Dispose();

    private JsonObject Creation => new()
    {
        ["id"] = Id.Value,
        ["operator"] = new JsonObject
        {
            ["threshold"] = 1,
            ["keys"] = new JsonArray(new JsonObject { ["key"] = _operator.Public.ToString(), ["weight"] = 1 }),
        },
    };
}
