using Actors.Ledger.Hashing;

namespace Actors.Engine.Stores.Postgres;

/// <summary>One chain's rows in the tables that all chains of the database share.</summary>
internal sealed class PostgresChainStore : IChainStore, IDueChainStore
{
    private readonly PostgresConnections _connections;
    private readonly ChainKey _key;
    private readonly string _chainId;
    private readonly byte[] _genesis;
    private readonly LogWriter _logWriter;
    private readonly LogReader _log;
    private readonly StateWriter _stateWriter;
    private readonly StateReader _state;

    /// <summary>Opens the chain and checks that it is whole as far as can be told without reading all of it.</summary>
    public PostgresChainStore(PostgresConnections connections, ChainKey key, string chainId, byte[] genesis)
    {
        _connections = connections;
        _key = key;
        _chainId = chainId;
        _genesis = genesis;
        _logWriter = new LogWriter(connections.LogWriters, key);
        _log = new LogReader(connections.Readers, key);
        _stateWriter = new StateWriter(connections.StateWriters, key);
        _state = new StateReader(connections.Readers, key);
        _log.Check(new HeadCheck(key));
    }

    public ReadOnlyMemory<byte> Genesis => _genesis;

    public long BytesOnDisk => _log.ReadBytes();

    public StoredHead TakeEpoch() => _logWriter.TakeEpoch();

    public void Close(ulong epoch, string movedTo)
    {
        ArgumentException.ThrowIfNullOrEmpty(movedTo);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(movedTo.Length, IChainStore.MovedToLengthMax);
        _logWriter.Close(epoch, movedTo);
    }

    public string? ReadClosedTo() => _log.ReadClosedTo();

    public StoredHead ReadHead() => _log.ReadRow().ToHead(_key.Bound.IsFileFound);

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
            ArgumentOutOfRangeException.ThrowIfGreaterThan(block.Bytes.Length, Ledger.Limits.EncodedBlockBytesMax);
        }

        _logWriter.Append(epoch, blocks);
    }

    public bool WriteDue(ulong epoch, ulong height, DueNote due) => _logWriter.WriteDue(epoch, height, due);

    public BlockAppend? ReadAppend(ulong height) => _log.ReadAppend(height);

    public byte[]? ReadBlock(ulong height) => _log.ReadBlock(height);

    public byte[]? ReadBlockPrefix(ulong height, int lengthMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lengthMax);
        return _log.ReadBlockPrefix(height, lengthMax);
    }

    public int ReadHeaderHashes(ulong first, Span<Hash256> into)
    {
        ArgumentOutOfRangeException.ThrowIfZero(first);
        var hashes = _log.ReadHeaderHashes(first, into.Length);
        hashes.CopyTo(into);
        return hashes.Length;
    }

    public ulong FirstHeightAtOrAfter(ulong timeMs) => _log.FirstHeightAtOrAfter(timeMs);

    public bool TryReadHistoryTile(int level, ulong index, out Hash256 root)
    {
        var found = _log.ReadTile(level, index);
        root = found ?? default;
        return found is not null;
    }

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

    public bool TryReadPage(int table, ulong page, Span<byte> into, out Hash256 hash, out bool hashOnly)
    {
        if (_state.ReadPage(table, page) is not { } found)
        {
            (hash, hashOnly) = (default, false);
            return false;
        }

        hash = found.Hash;
        hashOnly = found.Bytes.Length == 0;
        if (!hashOnly && found.Bytes.Length != into.Length)
            throw new StoreCorruptException(
                $"{_key.Name}: expected page {page} of table {table} to have {into.Length} bytes, found {found.Bytes.Length}.");
        found.Bytes.CopyTo(into);
        return true;
    }

    public void ReadPageHashes(Action<int, ulong, Hash256> each)
    {
        ArgumentNullException.ThrowIfNull(each);
        _state.ReadHashes(each);
    }

    public void BackupTo(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        PostgresBackup.Copy(_connections.Readers, _key, _chainId, _genesis, folder);
    }

    public void WriteHeadFile(ulong height, Hash256 hash) => _key.Bound.WriteFile(height, hash);

    /// <summary>Nothing to give back: the connections are the node's, and close when no chain has used them for a while.</summary>
    public void Rest()
    {
    }

    public void Dispose()
    {
    }
}
