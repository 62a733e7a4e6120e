using Actors.Ledger.Hashing;

namespace Actors.Engine.Stores.Sqlite;

/// <summary>
/// A chain in two SQLite files: log.db for what is synced before anyone hears of it, state.db for what is written behind.
/// In one file, a chunk of snapshot pages would hold the write lock while a block waits, and would be synced with it.
/// </summary>
internal sealed class SqliteChainStore : IChainStore, IDueChainStore
{
    private readonly ChainFolder _folder;
    private readonly LogWriter _logWriter;
    private readonly LogReader _log;
    private readonly StateWriter _stateWriter;
    private readonly StateReader _state;
    private readonly byte[] _genesis;
    private readonly bool _afterLoss;

    /// <summary>Opens the chain and checks that it is whole as far as can be told without reading all of it.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="due">Where it is kept when the chain is due; null: nowhere.</param>
    /// <param name="afterLoss">Its operator goes on from what is left: that it once held more is no reason to refuse it.</param>
    public SqliteChainStore(ChainFolder folder, ChainDueFile? due = null, bool afterLoss = false)
    {
        _afterLoss = afterLoss;
        _folder = folder;
        _logWriter = new LogWriter(folder.LogPath, due);
        _log = new LogReader(folder.LogPath);
        _stateWriter = new StateWriter(folder.StatePath);
        _state = new StateReader(folder.StatePath);
        try
        {
            Migrate();
            _log.Check(CheckOf(new HeadCheck(folder, _state)));
            _genesis = _log.ReadGenesis();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ReadOnlyMemory<byte> Genesis => _genesis;

    public long BytesOnDisk => SqliteFaults.Files(_folder.Path, _folder.BytesOnDisk);

    public StoredHead TakeEpoch()
    {
        var check = new HeadCheck(_folder, _state);
        // The log's epoch is the one that counts. If the log is an older copy, its epoch may lie below the state's.
        var head = _logWriter.TakeEpoch(_state.ReadEpoch(), CheckOf(check));
        _stateWriter.TakeEpoch(head.Epoch);
        return head with { HeadFileFound = check.HeadFileFound };
    }

    public void Close(ulong epoch, string movedTo)
    {
        ArgumentException.ThrowIfNullOrEmpty(movedTo);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(movedTo.Length, IChainStore.MovedToLengthMax);
        _logWriter.Close(epoch, movedTo);
    }

    public string? ReadClosedTo() => _log.ReadClosedTo();

    public StoredHead ReadHead() =>
        _log.ReadHead() with { HeadFileFound = File.Exists(Path.Combine(_folder.Path, HeadFile.Name)) };

    public void ConfirmEpoch(ulong epoch) => _logWriter.ConfirmEpoch(epoch);

    public void Append(ulong epoch, BlockAppend block) => AppendAll(epoch, [block]);

    public void AppendAll(ulong epoch, IReadOnlyList<BlockAppend> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        foreach (var block in blocks)
        {
            ArgumentNullException.ThrowIfNull(block);
            ArgumentOutOfRangeException.ThrowIfZero(block.Height);
            ArgumentOutOfRangeException.ThrowIfZero(block.Bytes.Length);
        }

        _logWriter.Append(epoch, blocks);
    }

    public bool WriteDue(ulong epoch, ulong height, DueNote due) => _logWriter.WriteDue(epoch, height, due);

    public BlockAppend? ReadAppend(ulong height) => _log.ReadAppend(height);

    public byte[]? ReadBlock(ulong height)
    {
        using var lease = _log.Take();
        return BlockReader.Read(lease, height);
    }

    public byte[]? ReadBlockPrefix(ulong height, int lengthMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lengthMax);
        using var lease = _log.Take();
        return BlockReader.ReadPrefix(lease, height, lengthMax);
    }

    public int ReadHeaderHashes(ulong first, Span<Hash256> into)
    {
        ArgumentOutOfRangeException.ThrowIfZero(first);
        return _log.ReadHeaderHashes(first, into);
    }

    public ulong FirstHeightAtOrAfter(ulong timeMs) => _log.FirstHeightAtOrAfter(timeMs);

    public bool TryReadHistoryTile(int level, ulong index, out Hash256 root) => _log.TryReadTile(level, index, out root);

    public IReadOnlyList<IdFilter> ReadIdFilters(ulong fromTimeMs, ulong throughTimeMs) =>
        _log.ReadFilters(fromTimeMs, throughTimeMs);

    public ulong LastFilteredHeight() => _log.LastFilteredHeight();

    public IReadOnlyList<StoredKeyChange> ReadKeyChanges() => _log.ReadKeyChanges();

    public SnapshotManifest? ReadManifest() => _state.ReadManifest();

    public void WritePages(ulong epoch, ulong snapshot, IReadOnlyList<PageWrite> pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        _stateWriter.WritePages(epoch, snapshot, pages);
    }

    public void SwitchSnapshot(ulong epoch, SnapshotManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(manifest.State.Length, SnapshotManifest.StateBytesMax);
        _stateWriter.SwitchSnapshot(epoch, manifest);
    }

    public int DropSuperseded(ulong epoch, int pagesMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(pagesMax);
        return _stateWriter.DropSuperseded(epoch, pagesMax);
    }

    public bool TryReadPage(int table, ulong page, Span<byte> into, out Hash256 hash, out bool hashOnly) =>
        _state.TryReadPage(table, page, into, out hash, out hashOnly);

    public void ReadPageHashes(Action<int, ulong, Hash256> each)
    {
        ArgumentNullException.ThrowIfNull(each);
        _state.ReadHashes(each);
    }

    public void BackupTo(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        SqliteBackup.Copy(_state, _log, _genesis, folder);
    }

    public void WriteHeadFile(ulong height, Hash256 hash) =>
        SqliteFaults.Files(_folder.Path, () => HeadFile.Write(_folder.Path, height, hash));

    public void Rest()
    {
        _log.Rest();
        _state.Rest();
        _logWriter.Rest();
        _stateWriter.Rest();
    }

    /// <summary>For tests: bounds the files' sizes, as a full disk would; null lifts the bound.</summary>
    public void LimitPages(long? logPagesMax, long? statePagesMax)
    {
        _logWriter.LimitPages(logPagesMax);
        _stateWriter.LimitPages(statePagesMax);
    }

    public void Dispose()
    {
        // Readers first: the last connection to close folds the write-ahead log into the file, and only a writer can.
        _log.Dispose();
        _state.Dispose();
        _logWriter.Dispose();
        _stateWriter.Dispose();
    }

    /// <summary>What was lost; it is set aside, and a snapshot of it dropped. Null when nothing was.</summary>
    public NotedHead? SetLossAside()
    {
        NotedHead? lost = null;
        var head = ReadHead();
        _log.Check((log, found) => lost = new HeadCheck(_folder, _state).FindLoss(log, found));
        if (lost is { } noted)
        {
            SqliteFaults.Files(_folder.Path, () => HeadFile.SetAside(_folder.Path, noted));
            if (_state.ReadManifest()?.Height > head.Height)
                _stateWriter.Forget();
        }

        return lost;
    }

    /// <summary>Ends what <see cref="SetLossAside"/> began.</summary>
    public void AcceptLoss()
    {
        var head = ReadHead();
        SqliteFaults.Files(_folder.Path, () => HeadFile.Accept(_folder.Path, head.Height, head.HeaderHash));
    }

    private Action<SqliteFile, StoredHead> CheckOf(HeadCheck check) => _afterLoss ? HeadCheck.CheckLast : check.Check;

    private void Migrate()
    {
        if (_log.NeedsMigration())
            _logWriter.Migrate();
        if (_state.NeedsMigration())
            _stateWriter.Migrate();
    }
}
