namespace Actors.Engine.Stores.Sqlite;

/// <summary>
/// Puts a backup into a data folder. It is copied under a name that no chain has, opened there, so that a damaged copy is
/// refused while nothing has changed, and named last: a chain exists wholly or not at all.
/// </summary>
public static class SqliteRestore
{
    private const string RestoringPrefix = ".restoring-";
    private static readonly string[] Files = ["log.db", "state.db", HeadFile.Name];

    /// <summary>Restores the chain and gives its head. Durable on return.</summary>
    /// <exception cref="ChainExistsException">The data folder has a chain with this id; it is left as it is.</exception>
    /// <exception cref="StoreException">The backup is damaged or cannot be copied; nothing was restored.</exception>
    public static StoredHead Run(string backup, string dataFolder, string chainId)
    {
        ChainIdShape.Check(chainId);
        using var node = new SqliteNodeStore(dataFolder);
        if (node.ListChains().Contains(chainId))
        {
            throw new ChainExistsException(chainId);
        }

        var chains = Path.Combine(Path.GetFullPath(dataFolder), "chains");
        var copy = new ChainFolder(Path.Combine(chains, $"{RestoringPrefix}{chainId}.{Guid.NewGuid():N}"));
        try
        {
            SqliteFaults.Files(copy.Path, () => Copy(backup, copy.Path));
            var head = ReadHead(copy);
            SqliteFaults.Files(copy.Path, copy.Sync);
            node.MarkDue(chainId);
            return SqliteFaults.Files(copy.Path, () => copy.TryMoveTo(Path.Combine(chains, chainId))) ? head : throw new ChainExistsException(chainId);
        }
        finally
        {
            if (Directory.Exists(copy.Path))
            {
                Directory.Delete(copy.Path, recursive: true);
            }
        }
    }

    private static void Copy(string backup, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in Files)
        {
            File.Copy(Path.Combine(backup, file), Path.Combine(folder, file));
        }
    }

    private static StoredHead ReadHead(ChainFolder folder)
    {
        using var store = new SqliteChainStore(folder);
        return store.ReadHead();
    }
}
