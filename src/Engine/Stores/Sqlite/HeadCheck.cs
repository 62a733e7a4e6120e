using Actors.Ledger.Hashing;

namespace Actors.Engine.Stores.Sqlite;

/// <summary>
/// Compares a log with what is known beside it: the head file and the snapshot. Both are read before the log, so that a
/// writer at work can only make the log higher than they say.
/// </summary>
internal sealed class HeadCheck
{
    private const string Meaning = "rows were lost or an older copy was put in place";

    private readonly NotedHead? _headFile;
    private readonly NotedHead? _aside;
    private readonly ulong _snapshotHeight;

    public HeadCheck(ChainFolder folder, StateReader state)
    {
        _headFile = SqliteFaults.Files(folder.Path, () => HeadFile.Read(folder.Path));
        _aside = SqliteFaults.Files(folder.Path, () => HeadFile.ReadAside(folder.Path));
        _snapshotHeight = state.ReadManifest()?.Height ?? 0;
    }

    public bool HeadFileFound => _headFile is not null;

    /// <exception cref="HeadBehindException">The log does not hold what it once held.</exception>
    /// <exception cref="StoreCorruptException">The chain's row and the last block differ.</exception>
    public void Check(SqliteFile log, StoredHead head)
    {
        if (_aside is { } lost && !Holds(log, head, lost))
            throw Behind(log, $"a head at height {lost.Height} or above ('actors chain recover' was begun and did not end)", head);
        if (_headFile is { } bound && head.Height < bound.Height)
            throw Behind(log, $"a head at height {bound.Height} or above, as its head file says", head);
        if (head.Height < _snapshotHeight)
            throw Behind(log, $"a head at height {_snapshotHeight} or above, as its snapshot says", head);
        CheckLast(log, head);
        if (_headFile is { } same && HashAt(log, same.Height) is var found && found != same.Hash)
            throw new HeadBehindException($"'{log.Path}': expected hash {same.Hash} at height {same.Height}, as its head "
                + $"file says, found {found} (head at height {head.Height}): {Meaning}.");
    }

    /// <exception cref="StoreCorruptException">The chain's row and the last block differ.</exception>
    public static void CheckLast(SqliteFile log, StoredHead head)
    {
        if (head.Height > 0 && LogReader.ReadHash(log, head.Height) is var last && last != head.HeaderHash)
            throw new StoreCorruptException(
                $"'{log.Path}': expected block {head.Height} to have the head's hash {head.HeaderHash}, found {last}.");
    }

    /// <summary>The highest head that is known and that the log does not have; null when it has all.</summary>
    public NotedHead? FindLoss(SqliteFile log, StoredHead head)
    {
        if (_aside is { } aside && !Holds(log, head, aside))
            return aside;
        if (_headFile is { } noted && !Holds(log, head, noted))
            return noted;
        return head.Height < _snapshotHeight ? new NotedHead(_snapshotHeight, Hash256.Zero) : null; // a snapshot does not say its block's hash
    }

    private static bool Holds(SqliteFile log, StoredHead head, NotedHead noted) => noted.Height <= head.Height && HashAt(log, noted.Height) == noted.Hash;

    private static HeadBehindException Behind(SqliteFile log, string expected, StoredHead head) =>
        new($"'{log.Path}': expected {expected}, found it at height {head.Height}: {Meaning}.");

    private static Hash256 HashAt(SqliteFile log, ulong height)
    {
        if (height > 0)
            return LogReader.ReadHash(log, height);
        using var genesis = log.Use(LogSql.ReadGenesis);
        return genesis.Step()
            ? ChainFolder.HashOf(genesis.Blob(0))
            : throw new StoreCorruptException($"'{log.Path}': expected the genesis, found no such row.");
    }
}
