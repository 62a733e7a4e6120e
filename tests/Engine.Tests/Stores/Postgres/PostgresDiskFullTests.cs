using Actors.Engine.Stores;
using Actors.Engine.Stores.Postgres;
using Actors.Tests.Postgres;

namespace Actors.Engine.Tests.Stores.Postgres;

public sealed class PostgresDiskFullTests
{
    private const int BlockBytes = 500_000;

    /// <summary>The blocks lie on a file system of a few megabytes, as only root can make one.</summary>
    [MountFact]
    public void A_really_full_disk_refuses_blocks_and_after_room_is_made_the_same_writer_goes_on()
    {
        using var server = PostgresServer.StartNew();
        using var disk = new SmallDisk("8m");
        using var database = new PostgresDatabase(server.ConnectionString);
        server.Execute($"CREATE TABLESPACE small LOCATION '{disk.Path}'");
        database.ExecuteAsAdmin("ALTER TABLE actors.block SET TABLESPACE small");
        using (var node = PostgresNodeStore.Open(database.NodeString, null))
        {
            var store = node.CreateChain("main", TestBlocks.Genesis);
            var epoch = store.TakeEpoch().Epoch;
            var height = FillUp(store, epoch);
            Assert.Equal(TestBlocks.HashOf(height), store.ReadHead().HeaderHash);
            Assert.Equal(TestBlocks.BytesOf(height, BlockBytes), store.ReadBlock(height));
            store.ConfirmEpoch(epoch);

            disk.Resize("32m");
            store.Append(epoch, TestBlocks.Block(height + 1, BlockBytes));
            Assert.Equal(TestBlocks.BytesOf(height + 1, BlockBytes), store.ReadBlock(height + 1));
        }
    }

    /// <summary>Appends until there is no room, and gives the head's height.</summary>
    private static ulong FillUp(IChainStore store, ulong epoch)
    {
        for (ulong height = 1; height < 100; height++)
        {
            try
            {
                store.Append(epoch, TestBlocks.Block(height, BlockBytes));
            }
            catch (StoreFullException)
            {
                return height - 1;
            }
        }

        throw new InvalidOperationException("Expected the disk to be full by now.");
    }
}
