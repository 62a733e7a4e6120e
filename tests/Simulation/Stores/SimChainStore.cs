using Actors.Engine.Stores;
using Actors.Ledger.Hashing;

namespace Actors.Simulation.Stores;

/// <summary>A chain's store in memory, under the rules of <see cref="IChainStore"/>, with faults at every call.</summary>
internal sealed class SimChainStore(SimPlace place, SimDisk disk, IStoreFaults? faults, bool afterLoss = false) : IChainStore
{
    public SimDisk Disk => disk;

    public ReadOnlyMemory<byte> Genesis => disk.Genesis;

    public long BytesOnDisk => Read(() => disk.Bytes);

    public StoredHead TakeEpoch() => Call(StoreCall.TakeEpoch, () =>
    {
        if (disk.ClosedTo is { } movedTo)
        {
            throw new ChainClosedException("the simulated chain", movedTo);
        }

        if (!afterLoss)
        {
            disk.RequireHead();
        }

        disk.Epoch++;
        return disk.Head;
    });

    public void Close(ulong epoch, string movedTo) => Write(StoreCall.ConfirmEpoch, epoch, () =>
    {
        disk.ClosedTo = movedTo;
        return disk.Epoch++;
    });

    public string? ReadClosedTo() => Read(() => disk.ClosedTo);

    public StoredHead ReadHead() => Read(() => disk.Head);

    public void ConfirmEpoch(ulong epoch) => Write(StoreCall.ConfirmEpoch, epoch, () => 0);

    public void Append(ulong epoch, BlockAppend block) => AppendAll(epoch, [block]);

    public void AppendAll(ulong epoch, IReadOnlyList<BlockAppend> blocks)
    {
        foreach (var block in blocks)
        {
            ArgumentOutOfRangeException.ThrowIfZero(block.Height);
            ArgumentOutOfRangeException.ThrowIfZero(block.Bytes.Length);
        }

        Write(StoreCall.Append, epoch, () =>
        {
            var head = disk.Head;
            foreach (var block in blocks)
            {
                RequireNext(head, block);
                head = head with { Height = block.Height, HeaderHash = block.HeaderHash, TimeMs = block.TimeMs };
            }

            RequireRoom();
            foreach (var block in blocks)
            {
                disk.Add(block with { Bytes = block.Bytes.ToArray() });
            }

            return 0;
        });
    }

    public BlockAppend? ReadAppend(ulong height) => Read(() => Find(height) is { } block
        ? block with { Filters = [.. block.Filters.Where(filter => filter.LastHeight == height)] }
        : null);

    public byte[]? ReadBlock(ulong height) => Read(() => Find(height)?.Bytes.ToArray());

    public byte[]? ReadBlockPrefix(ulong height, int lengthMax) =>
        Read(() => Find(height) is { } block ? block.Bytes[..Math.Min(lengthMax, block.Bytes.Length)].ToArray() : null);

    public int ReadHeaderHashes(ulong first, Span<Hash256> into)
    {
        ArgumentOutOfRangeException.ThrowIfZero(first);
        lock (disk.Lock)
        {
            var count = 0;
            while (count < into.Length && Find(first + (ulong)count) is { } block)
            {
                into[count++] = block.HeaderHash;
            }

            return count;
        }
    }

    public ulong FirstHeightAtOrAfter(ulong timeMs) =>
        Read(() => disk.Blocks.FirstOrDefault(block => block.TimeMs >= timeMs)?.Height ?? disk.Head.Height + 1);

    public bool TryReadHistoryTile(int level, ulong index, out Hash256 root)
    {
        var found = Read(() => disk.Blocks.SelectMany(block => block.Tiles).FirstOrDefault(tile => (tile.Level, tile.Index) == (level, index)));
        root = found.Root;
        return found != default;
    }

    public IReadOnlyList<IdFilter> ReadIdFilters(ulong fromTimeMs, ulong throughTimeMs) =>
        Read(() => disk.Blocks.SelectMany(block => block.Filters).Where(filter => filter.FirstTimeMs <= throughTimeMs && filter.LastTimeMs >= fromTimeMs).ToList());

    public ulong LastFilteredHeight() => Read(() => disk.Blocks.SelectMany(block => block.Filters).LastOrDefault()?.LastHeight ?? 0);

    public IReadOnlyList<StoredKeyChange> ReadKeyChanges() =>
        Read(() => disk.Blocks.SelectMany(block => block.KeyChanges.Select(change => new StoredKeyChange(block.Height, change))).ToList());

    public SnapshotManifest? ReadManifest() => Read(() => disk.Manifest);

    public void WritePages(ulong epoch, ulong snapshot, IReadOnlyList<PageWrite> pages) => Write(StoreCall.WritePages, epoch, () =>
    {
        RequireRoom();
        disk.Pages.Write(epoch, snapshot, pages);
        return 0;
    });

    public void SwitchSnapshot(ulong epoch, SnapshotManifest manifest)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(manifest.State.Length, SnapshotManifest.StateBytesMax);
        Write(StoreCall.SwitchSnapshot, epoch, () =>
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(manifest.Height, disk.Head.Height);
            disk.Pages.Switch(epoch, manifest.Snapshot);
            disk.Manifest = manifest;
            return 0;
        });
    }

    public int DropSuperseded(ulong epoch, int pagesMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pagesMax, 1);
        return Write(StoreCall.DropSuperseded, epoch, () => disk.Pages.Drop(pagesMax));
    }

    public bool TryReadPage(int table, ulong page, Span<byte> into, out Hash256 hash, out bool hashOnly)
    {
        faults?.Before(StoreCall.ReadPage);
        SimPage? found;
        lock (disk.Lock)
        {
            found = disk.Pages.Read(table, page);
        }

        hash = found?.Hash ?? default;
        hashOnly = found is { Bytes.Length: 0 };
        if (found is null || hashOnly)
        {
            return found is not null;
        }

        if (found.Bytes.Length != into.Length)
        {
            throw new StoreCorruptException($"Page {page} of table {table}: expected {into.Length} bytes, found {found.Bytes.Length}.");
        }

        found.Bytes.CopyTo(into);
        return true;
    }

    public void ReadPageHashes(Action<int, ulong, Hash256> each) =>
        Read(disk.Pages.List).ForEach(page => each(page.Table, page.Page, page.Hash));

    public void BackupTo(string folder)
    {
        lock (disk.Lock)
        {
            place.AddBackup(folder, disk.Copy());
        }
    }

    public void WriteHeadFile(ulong height, Hash256 hash) => Call(StoreCall.WriteHeadFile, () =>
    {
        disk.HeadFile = disk.HeadFile is { } noted && noted.Height > height ? noted : (height, hash);
        return 0;
    });

    public void Rest()
    {
    }

    public void Dispose()
    {
    }

    private static void RequireNext(in StoredHead head, BlockAppend block)
    {
        if (block.Height != head.Height + 1 || block.Previous != head.HeaderHash)
        {
            throw new HeadMovedException($"height {block.Height - 1} with {block.Previous}", $"found height {head.Height} with {head.HeaderHash}");
        }

        if (block.TimeMs < head.TimeMs)
        {
            throw new ArgumentException($"Expected a time at or after {head.TimeMs}, found {block.TimeMs}.", nameof(block));
        }
    }

    private BlockAppend? Find(ulong height) => height > 0 && height <= (ulong)disk.Blocks.Count ? disk.Blocks[(int)height - 1] : null;

    private void RequireRoom()
    {
        if (disk.IsFull)
        {
            throw new StoreFullException("No room is left on the simulated disk.");
        }
    }

    private T Read<T>(Func<T> read)
    {
        faults?.Before(StoreCall.ReadLog);
        lock (disk.Lock)
        {
            return read();
        }
    }

    private T Write<T>(StoreCall call, ulong epoch, Func<T> write) => Call(call, () =>
    {
        if (epoch != disk.Epoch)
        {
            throw new FenceLostException(epoch, disk.Epoch);
        }

        return write();
    });

    private T Call<T>(StoreCall call, Func<T> body)
    {
        faults?.Before(call);
        T result;
        lock (disk.Lock)
        {
            result = body();
        }

        faults?.After(call);
        return result;
    }
}
