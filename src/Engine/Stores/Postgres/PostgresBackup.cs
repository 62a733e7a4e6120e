using Actors.Engine.Stores.Sqlite;
using Npgsql;

namespace Actors.Engine.Stores.Postgres;

/// <summary>
/// Copies a chain that is being written into a folder such as the embedded store's backups are: it is restored, audited and copied on by the same
/// commands, with no server. All of it is read in one transaction, which sees the chain as of one moment.
/// </summary>
internal static class PostgresBackup
{
    private const string GenesisName = "genesis";
    private const int BlocksPerBatchMax = 256;
    private const long BytesPerBatchMax = 16 * 1024 * 1024;
    private const int PagesPerBatch = 256;

    public static void Copy(Connections readers, ChainKey key, string chainId, ReadOnlyMemory<byte> genesis, string folder)
    {
        var target = Path.GetFullPath(folder);
        var partial = $"{target}.{Guid.NewGuid():N}.partial";
        try
        {
            if (Directory.Exists(target) || File.Exists(target))
                throw new ArgumentException($"Expected no folder '{target}', found one.", nameof(folder));
            using (var node = new SqliteNodeStore(partial))
            using (var copy = node.CreateChain(chainId, genesis))
                readers.Read(connection => Fill(copy, connection, key));
            Name(partial, chainId, genesis, target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"'{target}': expected the copy to be written, found {e.Message}", e);
        }
        finally
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
        }
    }

    private static void Name(string partial, string chainId, ReadOnlyMemory<byte> genesis, string target)
    {
        var chain = Path.Combine(partial, "chains", chainId);
        DurableFile.Replace(Path.Combine(chain, GenesisName), genesis.Span);
        Directory.Move(chain, target);
        DurableFile.SyncFolder(Path.GetDirectoryName(target)!);
    }

    private static bool Fill(IChainStore copy, NpgsqlConnection connection, ChainKey key)
    {
        using var reads = new StandingReads(connection);
        var (log, state) = (new LogReader(reads, key), new StateReader(reads, key));
        var row = log.ReadRow();
        var epoch = copy.TakeEpoch().Epoch;
        CopyBlocks(copy, epoch, log, row.Height);
        if (state.ReadManifest() is { } manifest)
        {
            CopyPages(copy, epoch, state, manifest.Snapshot);
            copy.SwitchSnapshot(epoch, manifest);
        }

        copy.WriteHeadFile(row.Height, row.HeadHash);
        return true;
    }

    // Starts at the copy's own head: a connection that was lost on the way is replaced once, and finds the copy half full.
    private static void CopyBlocks(IChainStore copy, ulong epoch, LogReader log, ulong through)
    {
        var batch = new List<BlockAppend>(BlocksPerBatchMax);
        long bytes = 0;
        for (var height = copy.ReadHead().Height + 1; height <= through; height++)
        {
            var block = log.ReadAppend(height)!;
            batch.Add(block);
            bytes += block.Bytes.Length;
            if (batch.Count == BlocksPerBatchMax || bytes >= BytesPerBatchMax || height == through)
            {
                copy.AppendAll(epoch, batch);
                batch.Clear();
                bytes = 0;
            }
        }
    }

    private static void CopyPages(IChainStore copy, ulong epoch, StateReader state, ulong snapshot)
    {
        while (copy.DropSuperseded(epoch, PagesPerBatch) > 0)
        {
        }

        (int Table, long Page) after = (-1, -1);
        while (state.ReadPages(after, PagesPerBatch) is { Count: > 0 } pages)
        {
            copy.WritePages(epoch, snapshot, pages);
            after = (pages[^1].Table, (long)pages[^1].Page);
        }
    }
}
