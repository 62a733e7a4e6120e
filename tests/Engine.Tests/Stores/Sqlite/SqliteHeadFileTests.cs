using Actors.Engine.Stores;

namespace Actors.Engine.Tests.Stores.Sqlite;

public sealed class SqliteHeadFileTests : IDisposable
{
    private const string ChainId = "main";

    private readonly SqliteFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(0UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void A_store_at_or_above_its_head_file_opens(ulong noted)
    {
        CreateNoted(blocks: 3, noted);
        using var store = _fixture.Open(ChainId);
        Assert.Equal(3UL, store.TakeEpoch().Height);
    }

    [Fact]
    public void A_store_below_its_head_file_is_refused()
    {
        var folder = CreateNoted(blocks: 3, noted: 3);
        HeadFile.Write(folder, 7, TestBlocks.HashOf(7));
        var refusal = Assert.Throws<HeadBehindException>(() => _fixture.Open(ChainId));
        Assert.Contains("height 7 or above", refusal.Message);
        Assert.Contains("found it at height 3", refusal.Message);
        Assert.Contains("rows were lost or an older copy was put in place", refusal.Message);
    }

    [Theory]
    [InlineData(3UL)] // the head itself
    [InlineData(2UL)] // below the head
    public void A_store_with_another_block_at_the_noted_height_is_refused(ulong noted)
    {
        var folder = CreateNoted(blocks: 3, noted: 0);
        HeadFile.Write(folder, noted, TestBlocks.HashOf(noted, branch: 1));
        var refusal = Assert.Throws<HeadBehindException>(() => _fixture.Open(ChainId));
        Assert.Contains($"at height {noted}", refusal.Message);
        Assert.Contains($"found {TestBlocks.HashOf(noted)}", refusal.Message);
    }

    [Fact]
    public void No_epoch_is_taken_of_a_store_that_fell_behind_while_open()
    {
        var folder = CreateNoted(blocks: 3, noted: 3);
        using var store = _fixture.Open(ChainId);
        var epoch = store.ReadHead().Epoch;
        HeadFile.Write(folder, 4, TestBlocks.HashOf(4));
        Assert.Throws<HeadBehindException>(() => store.TakeEpoch());
        Assert.Equal(epoch, store.ReadHead().Epoch);
    }

    [Fact]
    public void A_missing_head_file_is_accepted_and_reported()
    {
        var folder = CreateNoted(blocks: 3, noted: 3);
        File.Delete(Path.Combine(folder, HeadFile.Name));
        using var store = _fixture.Open(ChainId);
        Assert.False(store.ReadHead().HeadFileFound);
        Assert.False(store.TakeEpoch().HeadFileFound);
        store.WriteHeadFile(3, TestBlocks.HashOf(3));
        Assert.True(store.TakeEpoch().HeadFileFound);
    }

    [Fact]
    public void A_head_file_with_any_bit_flipped_is_refused()
    {
        var path = Path.Combine(CreateNoted(blocks: 3, noted: 2), HeadFile.Name);
        var whole = File.ReadAllBytes(path);
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var flipped = (byte[])whole.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(path, flipped);
            Assert.Throws<StoreCorruptException>(() => HeadFile.Read(Path.GetDirectoryName(path)!));
        }

        Assert.Throws<StoreCorruptException>(() => _fixture.Open(ChainId));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(79)]
    [InlineData(81)]
    public void A_head_file_of_another_length_is_refused(int length)
    {
        var path = Path.Combine(CreateNoted(blocks: 1, noted: 1), HeadFile.Name);
        var bytes = File.ReadAllBytes(path);
        Array.Resize(ref bytes, length);
        File.WriteAllBytes(path, bytes);
        var fault = Assert.Throws<StoreCorruptException>(() => _fixture.Open(ChainId));
        Assert.Contains($"expected 80 bytes, found {length}", fault.Message);
    }

    [Fact]
    public void The_bound_is_never_lowered()
    {
        var folder = CreateNoted(blocks: 3, noted: 3);
        using (var store = _fixture.Open(ChainId))
            store.WriteHeadFile(1, TestBlocks.HashOf(1));
        Assert.Equal(new NotedHead(3UL, TestBlocks.HashOf(3)), HeadFile.Read(folder));
        Assert.DoesNotContain(Directory.EnumerateFiles(folder), path => path.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void A_flipped_bit_in_the_write_ahead_log_that_drops_blocks_is_noticed()
    {
        using var node = _fixture.OpenNode();
        using var store = node.CreateChain(ChainId, TestBlocks.Genesis);
        store.AppendThrough(store.TakeEpoch().Epoch, 9);
        store.WriteHeadFile(9, TestBlocks.HashOf(9));
        _fixture.CopyChain(ChainId, "copy");
        using (var whole = _fixture.Open("copy"))
            Assert.Equal(9UL, whole.ReadHead().Height);

        _fixture.CopyChain(ChainId, "copy");
        var path = Path.Combine(_fixture.FolderOf("copy"), "log.db-wal");
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Throws<HeadBehindException>(() => _fixture.Open("copy"));
    }

    [Fact]
    public void An_older_log_under_a_newer_snapshot_is_refused_without_a_head_file_too()
    {
        _fixture.CreateClosed(ChainId, blocks: 2);
        _fixture.CopyChain(ChainId, "older");
        using (var store = _fixture.Open(ChainId))
        {
            var epoch = store.TakeEpoch().Epoch;
            store.AppendThrough(epoch, 5);
            store.SwitchSnapshot(epoch, TestBlocks.Manifest(1, height: 5));
        }

        File.Copy(Path.Combine(_fixture.FolderOf("older"), "log.db"), Path.Combine(_fixture.FolderOf(ChainId), "log.db"), true);
        File.Delete(Path.Combine(_fixture.FolderOf(ChainId), HeadFile.Name));
        var refusal = Assert.Throws<HeadBehindException>(() => _fixture.Open(ChainId));
        Assert.Contains("height 5 or above, as its snapshot says", refusal.Message);
    }

    [Fact]
    public void An_older_log_that_is_accepted_gets_an_epoch_above_the_state_s()
    {
        _fixture.CreateClosed(ChainId, blocks: 2);
        _fixture.CopyChain(ChainId, "older");
        using (var store = _fixture.Open(ChainId))
        {
            store.TakeEpoch();
            Assert.Equal(3UL, store.TakeEpoch().Epoch);
        }

        File.Copy(Path.Combine(_fixture.FolderOf("older"), "log.db"), Path.Combine(_fixture.FolderOf(ChainId), "log.db"), true);
        using var restored = _fixture.Open(ChainId);
        Assert.Equal(4UL, restored.TakeEpoch().Epoch);
        restored.WritePages(4, 1, TestBlocks.Pages(1, version: 1));
    }

    private string CreateNoted(ulong blocks, ulong noted) =>
        _fixture.CreateClosed(ChainId, blocks, (store, _) => store.WriteHeadFile(noted, TestBlocks.HashOf(noted)));
}
