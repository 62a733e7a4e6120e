using Actors.Engine.Stores;
using Actors.Ledger.Hashing;

namespace Actors.Engine.Tests.Stores;

public abstract partial class ChainStoreContract
{
    [Fact]
    public void Each_taking_raises_the_epoch_and_reports_the_head()
    {
        var (store, epoch) = CreateWith(blocks: 2);
        var taken = OpenAgain().TakeEpoch();
        Assert.Equal(new StoredHead(epoch + 1, 2, TestBlocks.HashOf(2), 2_000, HeadFileFound: true), taken);
        Assert.Equal(taken, store.ReadHead());
    }

    [Fact]
    public void An_epoch_survives_reopening()
    {
        var (store, epoch) = CreateWith(blocks: 0);
        store.Dispose();
        Assert.Equal(epoch + 1, OpenAgain().TakeEpoch().Epoch);
    }

    [Fact]
    public void Opening_and_reading_take_no_epoch()
    {
        var (store, epoch) = CreateWith(blocks: 1);
        OpenAgain().ReadHead();
        store.ConfirmEpoch(epoch);
        store.Append(epoch, TestBlocks.Block(2));
    }

    [Fact]
    public void An_epoch_that_nobody_took_writes_nothing()
    {
        var (store, epoch) = CreateWith(blocks: 0);
        Assert.Throws<FenceLostException>(() => store.Append(epoch + 1, TestBlocks.Block(1)));
        Assert.Throws<FenceLostException>(() => store.WritePages(epoch + 1, 1, TestBlocks.Pages(1, 1)));
        Assert.Throws<FenceLostException>(() => store.ConfirmEpoch(epoch + 1));
    }

    public static TheoryData<string> FencedWrites => ["confirm", "append", "pages", "no pages", "switch", "drop"];

    [Theory]
    [MemberData(nameof(FencedWrites))]
    public void Once_another_took_over_the_old_writer_writes_nothing(string write)
    {
        var (old, oldEpoch) = CreateWith(blocks: 1);
        old.WritePages(oldEpoch, 1, TestBlocks.Pages(2, version: 1));
        old.SwitchSnapshot(oldEpoch, TestBlocks.Manifest(1, height: 1));
        old.WritePages(oldEpoch, 2, TestBlocks.Pages(2, version: 2));

        var taken = OpenAgain().TakeEpoch();
        var refusal = Assert.Throws<FenceLostException>(() => Write(old, oldEpoch, write));

        Assert.Equal((oldEpoch, taken.Epoch), (refusal.ExpectedEpoch, refusal.FoundEpoch));
        Assert.Equal(taken, old.ReadHead());
        Assert.Equal(1UL, old.ReadManifest()!.Snapshot);
        Assert.Equal(1, old.ReadVersion(0));
    }

    [Fact]
    public void The_new_writer_goes_on_where_the_old_one_stopped()
    {
        var (old, oldEpoch) = CreateWith(blocks: 1);
        var store = OpenAgain();
        old.Append(oldEpoch, TestBlocks.Block(2));
        var head = store.TakeEpoch();
        Assert.Equal(2UL, head.Height);
        store.Append(head.Epoch, TestBlocks.Block(3));
        Assert.Equal(TestBlocks.BytesOf(3), old.ReadBlock(3));
    }

    [Fact]
    public void Writers_that_take_over_from_each_other_at_once_make_one_history()
    {
        CreateWith(blocks: 0);
        Parallel.For(0, 4, writer =>
        {
            using var node = Fixture.OpenNode();
            using var store = node.OpenChain(ChainId);
            for (var turn = 0; turn < 10; turn++)
                AppendSome(store, (byte)writer);
        });

        var read = OpenAgain();
        var hashes = new Hash256[read.ReadHead().Height];
        Assert.Equal(hashes.Length, read.ReadHeaderHashes(1, hashes));
        Assert.Equal(read.ReadHead().HeaderHash, hashes[^1]);
        for (var i = 0; i < hashes.Length; i++)
            Assert.Contains(hashes[i], Enumerable.Range(0, 4).Select(b => TestBlocks.HashOf((ulong)i + 1, (byte)b)));
    }

    private static void AppendSome(IChainStore store, byte writer)
    {
        try
        {
            var head = store.TakeEpoch();
            var previous = head.HeaderHash;
            for (var height = head.Height + 1; height <= head.Height + 3; height++)
            {
                var block = (TestBlocks.Block(height) with { Previous = previous }).OfBranch(writer);
                store.Append(head.Epoch, block);
                previous = block.HeaderHash;
            }
        }
        catch (FenceLostException)
        {
        }
    }

    private static void Write(IChainStore store, ulong epoch, string write)
    {
        switch (write)
        {
            case "confirm": store.ConfirmEpoch(epoch); break;
            case "append": store.Append(epoch, TestBlocks.Block(2)); break;
            case "pages": store.WritePages(epoch, 2, TestBlocks.Pages(3, version: 2)); break;
            case "no pages": store.WritePages(epoch, 2, []); break;
            case "switch": store.SwitchSnapshot(epoch, TestBlocks.Manifest(2, height: 1)); break;
            case "drop": store.DropSuperseded(epoch, 10); break;
            default: throw new ArgumentOutOfRangeException(nameof(write), write, "No such write.");
        }
    }
}
