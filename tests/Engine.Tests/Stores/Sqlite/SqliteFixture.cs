using Actors.Engine.Stores;
using Actors.Engine.Stores.Sqlite;

namespace Actors.Engine.Tests.Stores.Sqlite;

/// <summary>A data folder under the system's temporary folder.</summary>
internal sealed class SqliteFixture : StoreFixture
{
    private readonly string _root = Directory.CreateTempSubdirectory("actors-store-").FullName;

    public string DataFolder => Path.Combine(_root, "node");

    public string ChainsFolder => Path.Combine(DataFolder, "chains");

    public string FolderOf(string chainId) => Path.Combine(ChainsFolder, chainId);

    /// <summary>A chain with that many blocks of 300 bytes, closed; the head file is as the caller leaves it.</summary>
    public string CreateClosed(string chainId, ulong blocks, Action<IChainStore, ulong>? more = null)
    {
        using var node = OpenNode();
        using var store = node.CreateChain(chainId, TestBlocks.Genesis);
        var epoch = store.TakeEpoch().Epoch;
        store.AppendThrough(epoch, blocks);
        more?.Invoke(store, epoch);
        return FolderOf(chainId);
    }

    public IChainStore Open(string chainId)
    {
        using var node = OpenNode();
        return node.OpenChain(chainId);
    }

    /// <summary>Copies a chain as it lies on disk, its write-ahead logs included: what a power cut would leave.</summary>
    public void CopyChain(string chainId, string copyId)
    {
        Directory.CreateDirectory(FolderOf(copyId));
        foreach (var file in Directory.EnumerateFiles(FolderOf(chainId)))
        {
            if (!file.EndsWith("-shm", StringComparison.Ordinal))
                File.Copy(file, Path.Combine(FolderOf(copyId), Path.GetFileName(file)), overwrite: true);
        }
    }

    public override INodeStore OpenNode() => new SqliteNodeStore(DataFolder);

    public override string NewPath() => Path.Combine(_root, Guid.NewGuid().ToString("N"));

    public override IChainStore OpenBackup(string folder, string chainId)
    {
        var data = NewPath();
        using var node = new SqliteNodeStore(data);
        Directory.Move(folder, Path.Combine(data, "chains", chainId));
        return node.OpenChain(chainId);
    }

    // No file gets any larger than it is.
    public override void TakeRoom(IChainStore store) => ((SqliteChainStore)store).LimitPages(1, 1);

    public override void MakeRoom(IChainStore store) => ((SqliteChainStore)store).LimitPages(null, null);

    protected override void Dispose(bool disposing) => Directory.Delete(_root, recursive: true);
}
