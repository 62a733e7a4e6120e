using System.Security.Cryptography;
using Actors.Ledger.Hashing;

namespace Actors.Engine.Stores.Sqlite;

/// <summary>
/// The folder of one chain: log.db, state.db and the head file. It gets its name only when all three are in it and
/// synced, so a chain exists exactly if its folder does.
/// </summary>
internal sealed class ChainFolder(string folder)
{
    public string Path => folder;

    public string LogPath => System.IO.Path.Combine(folder, "log.db");

    public string StatePath => System.IO.Path.Combine(folder, "state.db");

    public static Hash256 HashOf(ReadOnlySpan<byte> genesis) => new(SHA256.HashData(genesis));

    /// <summary>Fills a folder that nobody else knows of yet.</summary>
    public void Create(ReadOnlySpan<byte> genesis)
    {
        Directory.CreateDirectory(folder);
        var hash = HashOf(genesis);
        using (var log = SqliteFile.Create(LogPath, SqliteSettings.LogPageBytes, SqliteSettings.LogCheckpointPages))
        {
            LogSchema.Current.Create(log);
            using (var chain = log.Use(LogSql.InsertChain))
                chain.With(hash).Run();
            using (var document = log.Use(LogSql.InsertGenesis))
                document.With(genesis).Run();
        }

        using (var state = SqliteFile.Create(StatePath, SqliteSettings.StatePageBytes, SqliteSettings.StateCheckpointPages))
            StateSchema.Current.Create(state);
        HeadFile.Write(folder, 0, hash);
        Sync();
    }

    /// <summary>Syncs the databases, which MUST be closed, and their names.</summary>
    public void Sync()
    {
        DurableFile.Sync(LogPath);
        DurableFile.Sync(StatePath);
        DurableFile.SyncFolder(folder);
    }

    /// <summary>Gives the folder its final name, durably. False when there is one of that name.</summary>
    public bool TryMoveTo(string path)
    {
        if (Directory.Exists(path) || File.Exists(path))
            return false;
        try
        {
            Directory.Move(folder, path);
        }
        catch (IOException) when (Directory.Exists(path))
        {
            return false; // another process was faster
        }

        DurableFile.SyncFolder(System.IO.Path.GetDirectoryName(path)!);
        return true;
    }

    public long BytesOnDisk() => new DirectoryInfo(folder).EnumerateFiles().Sum(LengthOf);

    private static long LengthOf(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (FileNotFoundException)
        {
            return 0; // a write-ahead log that was just removed
        }
    }
}
