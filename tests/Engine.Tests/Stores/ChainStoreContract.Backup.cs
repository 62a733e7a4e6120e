using Actors.Engine.Stores;
using Actors.Ledger.Hashing;

namespace Actors.Engine.Tests.Stores;

public abstract partial class ChainStoreContract
{
    [Fact]
    public void A_backup_opens_as_the_chain_it_was_taken_of()
    {
        var (store, epoch) = CreateWith(blocks: 3);
        store.WritePages(epoch, 1, TestBlocks.Pages(2, version: 1));
        store.SwitchSnapshot(epoch, TestBlocks.Manifest(1, height: 3));
        var folder = Fixture.NewPath();
        store.BackupTo(folder);
        store.Append(epoch, TestBlocks.Block(4));

        var copy = Keep(Fixture.OpenBackup(folder, ChainId));
        Assert.Equal(TestBlocks.Genesis, copy.Genesis.ToArray());
        var head = copy.TakeEpoch();
        Assert.Equal(new StoredHead(epoch + 1, 3, TestBlocks.HashOf(3), 3_000, HeadFileFound: true), head);
        Assert.Equal([1, 1], Versions(copy, 2));
        copy.Append(head.Epoch, TestBlocks.Block(4));
        Assert.Equal(TestBlocks.BytesOf(4), copy.ReadBlock(4));
    }

    [Fact]
    public async Task A_backup_under_load_is_consistent()
    {
        var (store, epoch) = CreateWith(blocks: 10);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(() =>
        {
            for (ulong snapshot = 1; !stop.IsCancellationRequested; snapshot++)
            {
                var height = store.ReadHead().Height + 5;
                store.AppendThrough(epoch, height);
                store.WritePages(epoch, snapshot, TestBlocks.Pages(30, version: (byte)(1 + snapshot % 200)));
                store.SwitchSnapshot(epoch, TestBlocks.Manifest(snapshot, height));
                store.DropAll(epoch);
            }
        });

        var folders = Enumerable.Range(0, 4).Select(_ => Fixture.NewPath()).ToArray();
        Array.ForEach(folders, store.BackupTo);
        await stop.CancelAsync();
        await writing;

        foreach (var folder in folders)
            CheckCopy(folder);
    }

    [Fact]
    public void A_backup_does_not_replace_what_is_there()
    {
        var (store, _) = CreateWith(blocks: 1);
        var folder = Fixture.NewPath();
        store.BackupTo(folder);
        Assert.Throws<ArgumentException>(() => store.BackupTo(folder));
        Assert.Equal(1UL, Keep(Fixture.OpenBackup(folder, ChainId)).ReadHead().Height);
    }

    private void CheckCopy(string folder)
    {
        using var copy = Fixture.OpenBackup(folder, ChainId);
        var head = copy.TakeEpoch();
        var hashes = new Hash256[head.Height];
        Assert.Equal(hashes.Length, copy.ReadHeaderHashes(1, hashes));
        Assert.Equal(head.HeaderHash, hashes[^1]);
        for (ulong height = 1; height <= head.Height; height++)
            Assert.Equal(TestBlocks.BytesOf(height), copy.ReadBlock(height));
        if (copy.ReadManifest() is not { } manifest)
            return;
        Assert.InRange(manifest.Height, 0UL, head.Height);
        Assert.All(Versions(copy, 30), version => Assert.Equal((byte)(1 + manifest.Snapshot % 200), version));
    }
}
