using Actors.Engine.Stores;
using Actors.Ledger.Hashing;
using Microsoft.Data.Sqlite;

namespace Actors.Engine.Tests.Stores.Sqlite;

public sealed class SqliteDamageTests : IDisposable
{
    private const string ChainId = "main";

    private readonly SqliteFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("log.db")]
    [InlineData("state.db")]
    public void A_file_that_is_no_database_is_corrupt(string name)
    {
        var path = Path.Combine(_fixture.CreateClosed(ChainId, blocks: 2), name);
        File.WriteAllText(path, new string('x', 100_000));
        Assert.Contains(path, Assert.Throws<StoreCorruptException>(() => _fixture.Open(ChainId)).Message);
    }

    [Theory]
    [InlineData("log.db")]
    [InlineData("state.db")]
    public void A_missing_file_is_corrupt(string name)
    {
        var path = Path.Combine(_fixture.CreateClosed(ChainId, blocks: 2), name);
        File.Delete(path);
        Assert.Contains("no such file", Assert.Throws<StoreCorruptException>(() => _fixture.Open(ChainId)).Message);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_database_of_another_kind_is_corrupt()
    {
        var folder = _fixture.CreateClosed(ChainId, blocks: 2);
        File.Copy(Path.Combine(folder, "state.db"), Path.Combine(folder, "log.db"), overwrite: true);
        var fault = Assert.Throws<StoreCorruptException>(() => _fixture.Open(ChainId));
        Assert.Contains("expected application id 41435447, found 41435453", fault.Message);
    }

    [Theory]
    [InlineData("log.db")]
    [InlineData("state.db")]
    public void A_truncated_file_is_corrupt_at_the_latest_when_read(string name)
    {
        var path = Path.Combine(_fixture.CreateClosed(ChainId, blocks: 200, WriteSnapshot), name);
        var whole = File.ReadAllBytes(path);
        for (var part = 0; part < 16; part++)
        {
            File.WriteAllBytes(path, whole[..(whole.Length * part / 16)]);
            Assert.Throws<StoreCorruptException>(ReadAll);
        }
    }

    [Theory]
    [InlineData("log.db")]
    [InlineData("state.db")]
    public void A_flipped_byte_meets_no_other_fault_than_a_typed_one(string name)
    {
        var path = Path.Combine(_fixture.CreateClosed(ChainId, blocks: 20, WriteSnapshot), name);
        var whole = File.ReadAllBytes(path);
        var random = new Random(1);
        for (var flip = 0; flip < 300; flip++)
        {
            var bytes = (byte[])whole.Clone();
            // Most structure is at the start of a file and of its pages.
            bytes[flip % 2 == 0 ? random.Next(4096) : random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, bytes);
            try
            {
                ReadAll();
            }
            catch (StoreException)
            {
            }
        }
    }

    [Theory]
    [InlineData("log.db")]
    [InlineData("state.db")]
    public void A_newer_schema_version_is_refused_and_left_alone(string name)
    {
        var path = Path.Combine(_fixture.CreateClosed(ChainId, blocks: 2), name);
        Execute(path, "PRAGMA user_version = 99");
        var refusal = Assert.Throws<StoreTooNewException>(() => _fixture.Open(ChainId));
        Assert.Contains(path, refusal.Message);
        Assert.Contains("found 99: a newer version of this program wrote it", refusal.Message);
    }

    [Fact]
    public void A_head_row_that_differs_from_the_last_block_is_corrupt()
    {
        var folder = _fixture.CreateClosed(ChainId, blocks: 3);
        Execute(Path.Combine(folder, "log.db"), "UPDATE block SET hash = zeroblob(32) WHERE height = 3");
        Assert.Throws<StoreCorruptException>(() => _fixture.Open(ChainId));
    }

    [Fact]
    public void A_gap_in_the_blocks_is_corrupt()
    {
        var folder = _fixture.CreateClosed(ChainId, blocks: 5);
        Execute(Path.Combine(folder, "log.db"), "DELETE FROM block WHERE height = 3");
        using var store = _fixture.Open(ChainId);
        var hashes = new Hash256[5];
        var fault = Assert.Throws<StoreCorruptException>(() => store.ReadHeaderHashes(1, hashes));
        Assert.Contains("expected block 3", fault.Message);
        Assert.Throws<StoreCorruptException>(() => store.FirstHeightAtOrAfter(2_500));
    }

    private static void WriteSnapshot(IChainStore store, ulong epoch)
    {
        store.WritePages(epoch, 1, TestBlocks.Pages(20, version: 1));
        store.SwitchSnapshot(epoch, TestBlocks.Manifest(1));
    }

    private static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private void ReadAll()
    {
        using var store = _fixture.Open(ChainId);
        var head = store.ReadHead().Height;
        for (ulong height = 1; height <= head; height++)
            _ = store.ReadBlock(height) ?? throw new StoreCorruptException($"Block {height} is missing.");
        _ = store.ReadHeaderHashes(1, new Hash256[64]);
        _ = store.FirstHeightAtOrAfter(2_500);
        _ = store.ReadIdFilters(0, ulong.MaxValue);
        _ = store.ReadKeyChanges();
        _ = store.LastFilteredHeight();
        _ = store.TryReadHistoryTile(0, 0, out _);
        _ = store.ReadManifest();
        _ = store.ListHashes();
        for (ulong page = 0; page < 20; page++)
            _ = store.TryReadPage(5, page, new byte[TestBlocks.PageBytes], out _, out _);
    }
}
