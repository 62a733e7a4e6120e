namespace Actors.Engine.Stores.Sqlite;

/// <summary>What a <see cref="DueFolder"/> keeps of one chain, written by whoever holds the write lock of its log.</summary>
internal sealed class ChainDueFile(DueFolder folder, string chainId)
{
    /// <summary>Before a commit: keeps what is earlier than what is kept, and gives whether what is kept is too early then.</summary>
    public bool KeepEarlier(DueNote due) => Files(() =>
    {
        var kept = folder.Read(chainId).DueMs ?? ulong.MaxValue;
        var next = due.DueMs ?? ulong.MaxValue;
        if (next < kept)
            folder.Write(chainId, due);
        return next > kept;
    });

    public void Write(DueNote due) => Files(() =>
    {
        folder.Write(chainId, due);
        return true;
    });

    private T Files<T>(Func<T> work) => SqliteFaults.Files(folder.Folder, work);
}
