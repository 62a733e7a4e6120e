namespace Actors.Engine.Stores.Sqlite;

/// <summary>
/// The embedded store: a folder a chain under <c>chains</c> in the data folder. Nothing but the file system is needed.
/// </summary>
public sealed class SqliteNodeStore : INodeStore, IDueStore
{
    // No chain id starts with a dot, so a folder that is being filled is never taken for a chain.
    private const string CreatingPrefix = ".creating-";

    private readonly Lock _creating = new();
    private readonly string _chains;
    private readonly DueFolder _due;

    /// <param name="dataFolder">Created when there is none.</param>
    public SqliteNodeStore(string dataFolder)
    {
        ArgumentException.ThrowIfNullOrEmpty(dataFolder);
        var folder = Path.GetFullPath(dataFolder);
        _chains = Path.Combine(folder, "chains");
        _due = new DueFolder(folder);
        SqliteFaults.Files(_chains, () => CreateChains(folder));
    }

    public IReadOnlyList<string> ListChains() => SqliteFaults.Files(_chains, () => Directory.EnumerateDirectories(_chains)
        .Select(path => Path.GetFileName(path))
        .Where(ChainIdShape.IsValid)
        .Order(StringComparer.Ordinal)
        .ToArray());

    public IChainStore CreateChain(string chainId, ReadOnlyMemory<byte> genesis)
    {
        ChainIdShape.Check(chainId);
        ArgumentOutOfRangeException.ThrowIfZero(genesis.Length);
        lock (_creating)
        {
            if (Directory.Exists(PathOf(chainId)))
                throw new ChainExistsException(chainId);
            if (!SqliteFaults.Files(_chains, () => TryCreate(chainId, genesis.Span)))
                throw new ChainExistsException(chainId);
        }

        return OpenChain(chainId);
    }

    public IChainStore OpenChain(string chainId)
    {
        ChainIdShape.Check(chainId);
        return Directory.Exists(PathOf(chainId))
            ? new SqliteChainStore(new ChainFolder(PathOf(chainId)), new ChainDueFile(_due, chainId))
            : throw new ChainNotFoundException(chainId);
    }

    public ReopenedChain ReopenAfterLoss(string chainId)
    {
        ChainIdShape.Check(chainId);
        if (!Directory.Exists(PathOf(chainId)))
            throw new ChainNotFoundException(chainId);
        var store = new SqliteChainStore(new ChainFolder(PathOf(chainId)), new ChainDueFile(_due, chainId), afterLoss: true);
        try
        {
            return new ReopenedChain(store, store.SetLossAside(), store.AcceptLoss);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    public void RenameChain(string chainId, string newId)
    {
        ChainIdShape.Check(chainId);
        ChainIdShape.Check(newId);
        lock (_creating)
        {
            if (!Directory.Exists(PathOf(chainId)))
                throw new ChainNotFoundException(chainId);
            if (Directory.Exists(PathOf(newId)))
                throw new ChainExistsException(newId);
            MarkDue(newId);
            if (!SqliteFaults.Files(_chains, () => new ChainFolder(PathOf(chainId)).TryMoveTo(PathOf(newId))))
                throw new ChainExistsException(newId);
        }
    }

    public IReadOnlyList<DueChain> ListDue(ulong throughMs, DueChain? after, int countMax) =>
        SqliteFaults.Files(_chains, () => _due.List(throughMs, after, countMax));

    /// <summary>A chain that is about to get its name may have had something due where it came from.</summary>
    internal void MarkDue(string chainId) => SqliteFaults.Files(_chains, () => _due.Write(chainId, new DueNote(0)));

    /// <summary>Open chains are disposed by themselves; the node itself holds nothing open.</summary>
    public void Dispose()
    {
    }

    private void CreateChains(string folder)
    {
        if (Directory.Exists(_chains))
            return;
        Directory.CreateDirectory(_due.Folder); // first: a data folder that has chains and not this is an older one
        Directory.CreateDirectory(_chains);
        DurableFile.SyncFolder(folder);
        if (Path.GetDirectoryName(folder) is { } parent)
            DurableFile.SyncFolder(parent);
    }

    private bool TryCreate(string chainId, ReadOnlySpan<byte> genesis)
    {
        RemoveLeftovers(chainId);
        var folder = new ChainFolder(Path.Combine(_chains, $"{CreatingPrefix}{chainId}.{Guid.NewGuid():N}"));
        try
        {
            folder.Create(genesis);
            return folder.TryMoveTo(PathOf(chainId));
        }
        finally
        {
            if (Directory.Exists(folder.Path))
                Directory.Delete(folder.Path, recursive: true);
        }
    }

    private void RemoveLeftovers(string chainId)
    {
        foreach (var leftover in Directory.EnumerateDirectories(_chains, $"{CreatingPrefix}{chainId}.*"))
            Directory.Delete(leftover, recursive: true);
    }

    private string PathOf(string chainId) => Path.Combine(_chains, chainId);
}
