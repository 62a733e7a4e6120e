using Microsoft.Data.Sqlite;

namespace Actors.Engine.Stores.Sqlite;

/// <summary>
/// Copies a chain that is being written. There is no moment at which both files stand still, so the state is copied
/// first and the log after it: the copied snapshot is then of a height that the copied log has. The other way round, a
/// switch in between would leave a snapshot above the log's head, and a copy that cannot be opened.
/// </summary>
internal static class SqliteBackup
{
    private const string GenesisName = "genesis";

    public static void Copy(StateReader state, LogReader log, ReadOnlyMemory<byte> genesis, string folder)
    {
        var target = System.IO.Path.GetFullPath(folder);
        var copy = new ChainFolder(BackupsFolder.PartialOf(target));
        try
        {
            SqliteFaults.Files(target, () => Fill(copy, state, log, genesis));
            if (!SqliteFaults.Files(target, () => copy.TryMoveTo(target)))
                throw new ArgumentException($"Expected no folder '{target}', found one.", nameof(folder));
        }
        finally
        {
            if (Directory.Exists(copy.Path))
                Directory.Delete(copy.Path, recursive: true);
        }
    }

    private static void Fill(ChainFolder copy, StateReader state, LogReader log, ReadOnlyMemory<byte> genesis)
    {
        DurableFile.CreateFolder(copy.Path);
        using (var lease = state.Take())
            CopyFile(lease.File, copy.StatePath);
        using (var lease = log.Take())
            CopyFile(lease.File, copy.LogPath);

        StoredHead head;
        using (var copied = SqliteFile.OpenToWrite(copy.LogPath, SqliteSettings.LogCheckpointPages))
            head = LogReader.ReadHead(copied);
        HeadFile.Write(copy.Path, head.Height, head.HeaderHash);
        DurableFile.Replace(System.IO.Path.Combine(copy.Path, GenesisName), genesis.Span);
        copy.Sync();
    }

    /// <summary>One step over all pages, under one read transaction: appends go on beside it in the write-ahead log.</summary>
    private static void CopyFile(SqliteFile source, string path)
    {
        try
        {
            using var target = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = path,
                Mode = SqliteOpenMode.ReadWriteCreate,
                Pooling = false,
            }.ToString());
            target.Open();
            source.Connection.BackupDatabase(target);
        }
        catch (SqliteException e)
        {
            throw SqliteFaults.Of(e, path);
        }
    }
}
