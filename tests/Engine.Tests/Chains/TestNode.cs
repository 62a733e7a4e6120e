using Actors.Engine.Audits;
using Actors.Engine.Chains;
using Actors.Engine.Clocks;
using Actors.Engine.Faults;
using Actors.Ledger;

namespace Actors.Engine.Tests.Chains;

/// <summary>A node over SQLite, or the database it is given, in a folder of its own that can be stopped and started.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    public const string ChainName = "main";
    private readonly TestKey _operator = new();
    private LedgerNode? _node;

    public string Root { get; } = Directory.CreateTempSubdirectory("actors-node-").FullName;

    public string DataFolder => Path.Combine(Root, "data");

    public string ChainFolder => Path.Combine(DataFolder, "chains", ChainName);

    public string? Store { get; init; }

    public ChainOptions Options { get; init; } = new();

    public IChainClock Clock { get; init; } = SystemClock.Instance;

    public TimeSpan DueEvery { get; init; } = TimeSpan.FromMinutes(1);

    public Action<string?, EngineFaultException>? NotWoken { get; init; }

    public LedgerNodeOptions NodeOptions => new() { DataFolder = DataFolder, Store = Store, Chain = Options, Clock = Clock, DueEvery = DueEvery, NotWoken = NotWoken };

    public LedgerNode Node => _node ??= LedgerNode.Open(NodeOptions);

    /// <summary>A new chain with so many ordinary accounts.</summary>
    public async Task<TestBook> CreateAsync(ulong accounts = 10, string chain = ChainName)
    {
        var created = await Node.CreateChainAsync(new ChainCreation(ChainId.Parse(chain), _operator.Keyset), CancellationToken.None);
        return await new TestBook(created, _operator, Clock).FoundAsync(accounts);
    }

    /// <summary>The chain as it stands, opened if need be.</summary>
    public async Task<TestBook> FindAsync(string chain = ChainName) =>
        new((await Node.FindChainAsync(ChainId.Parse(chain), CancellationToken.None))!, _operator, Clock);

    /// <summary>A chain of this node that the test runs itself.</summary>
    public TestBook BookOf(ILedgerChain chain) => new(chain, _operator, Clock);

    public async Task StopAsync()
    {
        if (_node is { } node)
        {
            _node = null;
            await node.DisposeAsync();
        }
    }

    /// <summary>Replays and checks everything that a data folder holds of the chain.</summary>
    public static async Task<AuditReport> AuditAsync(string dataFolder)
    {
        using var stored = StoredChain.Open(dataFolder, ChainName);
        var report = await ChainAudit.RunAsync(stored, null, null, CancellationToken.None);
        return report with { Findings = [.. report.Findings, .. StoreAudit.Run(stored, CancellationToken.None)] };
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Root, recursive: true);
    }
}
