using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Actors.Engine;
using Actors.Engine.Stores;
using Actors.Engine.Stores.Postgres;
using Actors.Engine.Stores.Sqlite;
using Actors.Ledger;
using Actors.ProcessTests.Programs;
using Actors.Tests.Postgres;

namespace Actors.ProcessTests.Copies;

/// <summary><c>actors chain copy</c>, killed at each of its steps and run again.</summary>
public sealed class KillDuringCopyTests(LongChain chain) : IClassFixture<LongChain>, IDisposable
{
    private const string Chain = LongChain.Name;
    private const int TriesMax = 8;
    private static readonly TimeSpan RunMax = TimeSpan.FromSeconds(90);
    private readonly DataFolder _folder = new();
    private PostgresDatabase? _database;
    private StoredHead _head;
    private int _tries;

    /// <summary>What is to be seen in the stores when the copy is killed.</summary>
    public enum Step
    {
        /// <summary>The source is closed, and nothing or little is copied.</summary>
        Closed,

        /// <summary>A part of the blocks is there.</summary>
        Copying,

        /// <summary>All blocks are there, and the copy does not have its name yet.</summary>
        Auditing,

        /// <summary>The copy has its name, and whoever started it has not been told.</summary>
        Named,
    }

    private string Source => _folder.Beside($"source-{_tries}");

    private string Target => _folder.Beside($"target-{_tries}");

    public void Dispose()
    {
        _database?.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(Step.Closed, false)]
    [InlineData(Step.Copying, false)]
    [InlineData(Step.Auditing, false)]
    [InlineData(Step.Named, false)]
    [InlineData(Step.Closed, true)]
    [InlineData(Step.Copying, true)]
    [InlineData(Step.Auditing, true)]
    [InlineData(Step.Named, true)]
    public async Task A_copy_that_is_killed_finishes_when_it_is_run_again_and_the_source_stays_closed(Step step, bool intoPostgres)
    {
        while (!await IsKilledAtAsync(step, intoPostgres))
        {
            Assert.True(++_tries < TriesMax, $"expected to see {step} at one of {TriesMax} copies");
        }

        RequireClosedWithItsHead();
        using (var target = OpenTarget(intoPostgres))
        {
            Assert.Equal(step == Step.Named, target.ListChains().Contains(Chain));
        }

        var again = await ActorsCommand.SucceedAsync(Arguments(intoPostgres));
        var report = JsonNode.Parse(again.Output)!;
        Assert.True((bool)report["clean"]!, again.Output);
        Assert.Equal((_head.Height.ToString(CultureInfo.InvariantCulture), _head.HeaderHash.ToString()), ((string)report["height"]!, (string)report["headerHash"]!));
        Assert.Equal(step is Step.Auditing or Step.Named, (string)report["blocksCopied"]! == "0");
        RequireClosedWithItsHead();
        await RequireGoesOnAsync(intoPostgres);
    }

    /// <summary>Copies a source of its own into a target of its own. False when the copy was over before the step was seen.</summary>
    private async Task<bool> IsKilledAtAsync(Step step, bool intoPostgres)
    {
        CopyFolder(chain.DataFolder, Source);
        if (intoPostgres)
        {
            _database?.Dispose();
            _database = new PostgresDatabase();
        }

        using var source = OpenSource();
        _head = source.ReadHead();
        using var target = OpenTarget(intoPostgres);
        using var copying = Process.Start(new ProcessStartInfo("dotnet", [BuiltPrograms.Actors, .. Arguments(intoPostgres)]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        try
        {
            await Task.Run(() => WaitFor(step, copying, source, target));
            copying.Kill();
            await copying.WaitForExitAsync().WaitAsync(RunMax);
            return IsAt(step, source, target);
        }
        finally
        {
            copying.Kill();
        }
    }

    private void WaitFor(Step step, Process copying, IChainStore source, INodeStore target)
    {
        for (var watch = Stopwatch.StartNew(); !copying.HasExited && !IsAt(step, source, target);)
        {
            Assert.True(watch.Elapsed < RunMax, $"expected the copy to come to {step}");
        }
    }

    private bool IsAt(Step step, IChainStore source, INodeStore target)
    {
        var isNamed = target.ListChains().Contains(Chain);
        if (isNamed || step == Step.Named)
        {
            return step == Step.Named && isNamed;
        }

        var copied = CopiedHeight(target);
        return step switch
        {
            Step.Closed => source.ReadClosedTo() is not null && copied is null or 0,
            Step.Copying => copied is > 0 && copied < _head.Height,
            _ => copied == _head.Height,
        };
    }

    /// <summary>Null when there is no unfinished copy.</summary>
    private static ulong? CopiedHeight(INodeStore target)
    {
        try
        {
            if (target.ListChains().FirstOrDefault(chain => chain.StartsWith("copy-", StringComparison.Ordinal)) is not { } unfinished)
            {
                return null;
            }

            using var store = target.OpenChain(unfinished);
            return store.ReadHead().Height;
        }
        catch (StoreException)
        {
            return null; // it is just being made, or getting its name
        }
    }

    private void RequireClosedWithItsHead()
    {
        using var source = OpenSource();
        Assert.Throws<ChainClosedException>(() => source.TakeEpoch());
        Assert.Equal((_head.Height, _head.HeaderHash), (source.ReadHead().Height, source.ReadHead().HeaderHash));
    }

    /// <summary>A node that has the sealing keys writes the next block of the copy.</summary>
    private async Task RequireGoesOnAsync(bool inPostgres)
    {
        var folder = inPostgres ? _folder.Beside("node") : Target;
        CopyFolder(Path.Combine(chain.DataFolder, "sealing-keys"), Path.Combine(folder, "sealing-keys"));
        await using var node = LedgerNode.Open(new LedgerNodeOptions { DataFolder = folder, Store = inPostgres ? _database!.NodeString : null });
        var copy = (await node.FindChainAsync(ChainId.Parse(Chain), default))!;
        await chain.WriteNoteAsync(copy);
        Assert.Equal(_head.Height + 1, (await copy.GetStatusAsync(true, default)).Height.Value);
    }

    private string[] Arguments(bool intoPostgres) => ["chain", "copy", Chain, "--from", Source, "--to", intoPostgres ? _database!.NodeString : Target, "--json"];

    private IChainStore OpenSource() => new SqliteNodeStore(Source).OpenChain(Chain);

    private INodeStore OpenTarget(bool inPostgres) => inPostgres ? PostgresNodeStore.Open(_database!.NodeString, null) : new SqliteNodeStore(Target);

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)), overwrite: true);
        }
    }
}
