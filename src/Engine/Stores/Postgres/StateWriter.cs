using Npgsql;

namespace Actors.Engine.Stores.Postgres;

/// <summary>
/// The fenced writes to a chain's snapshots. They have a row of their own, whose epoch is raised with the chain's in one transaction: on the
/// chain's row a chunk of pages would hold up every block.
/// </summary>
internal sealed class StateWriter(Connections connections, ChainKey chain)
{
    public void WritePages(ulong epoch, ulong snapshot, IReadOnlyList<PageWrite> pages) => connections.Write(transaction =>
    {
        using (var begin = transaction.Use(StateSql.BeginOrContinue))
        {
            if (begin.With(chain.Number).With(epoch).With(chain.Writer).With(snapshot).Run() == 0)
                throw Refusal(transaction.Connection, epoch, snapshot);
        }

        if (pages.Count > 0)
            InsertPages(transaction, snapshot, pages);
        transaction.Commit();
        return true;
    });

    public void SwitchSnapshot(ulong epoch, SnapshotManifest manifest)
    {
        var check = new HeadCheck(chain);
        connections.Write(transaction =>
        {
            using (var finish = transaction.Use(StateSql.Finish))
            {
                finish.With(chain.Number).With(epoch).With(chain.Writer).With(manifest.Snapshot).With(manifest.Height).With(manifest.State);
                if (finish.Run() == 0)
                    throw Refusal(transaction.Connection, epoch, manifest.Snapshot);
            }

            var row = LogReader.ReadRow(transaction.Connection, chain);
            check.Check(transaction.Connection, row);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(manifest.Height, row.Height);
            transaction.Commit();
            return true;
        });
    }

    public int DropSuperseded(ulong epoch, int pagesMax) => connections.Write(transaction =>
    {
        var (current, unfinished) = GiveUp(transaction, epoch);
        var dropped = unfinished == 0 ? 0 : DropUnfinished(transaction, current, pagesMax);
        if (dropped < pagesMax)
        {
            using var drop = transaction.Use(StateSql.DropSuperseded).With(chain.Number).With(current).With(pagesMax - dropped);
            dropped += drop.Run();
        }

        transaction.Commit();
        return dropped;
    });

    private void InsertPages(WriteTransaction transaction, ulong snapshot, IReadOnlyList<PageWrite> pages)
    {
        var tables = new int[pages.Count];
        var numbers = new long[pages.Count];
        var hashes = new ReadOnlyMemory<byte>[pages.Count];
        var bytes = new ReadOnlyMemory<byte>[pages.Count];
        for (var i = 0; i < pages.Count; i++)
        {
            var page = pages[i];
            ArgumentOutOfRangeException.ThrowIfGreaterThan(page.Bytes.Length, PostgresSettings.PageBytesMax);
            (tables[i], numbers[i], hashes[i], bytes[i]) = (page.Table, checked((long)page.Page), page.Hash.AsSpan().ToArray(), page.Bytes);
        }

        using var insert = transaction.Use(StateSql.WritePages)
            .With(chain.Number).With(snapshot).With(tables).With(numbers).With(hashes).With(bytes);
        insert.Run();
    }

    private (ulong Current, ulong Unfinished) GiveUp(WriteTransaction transaction, ulong epoch)
    {
        using (var giveUp = transaction.Use(StateSql.GiveUp).With(chain.Number).With(epoch).With(chain.Writer))
        {
            using var rows = giveUp.Query();
            if (rows.Step())
                return (rows.UInt64(0), rows.UInt64(1));
        }

        throw LogWriter.FenceRefusal(chain, StateReader.ReadFence(transaction.Connection, chain).Epoch, epoch);
    }

    private int DropUnfinished(WriteTransaction transaction, ulong current, int pagesMax)
    {
        int dropped;
        using (var drop = transaction.Use(StateSql.DropUnfinished).With(chain.Number).With(current).With(pagesMax))
        {
            using var rows = drop.Query();
            rows.Step();
            dropped = rows.Int32(0);
        }

        if (dropped < pagesMax)
        {
            using var forget = transaction.Use(StateSql.ForgetUnfinished).With(chain.Number);
            forget.Run();
        }

        return dropped;
    }

    private Exception Refusal(NpgsqlConnection connection, ulong epoch, ulong snapshot)
    {
        var fence = StateReader.ReadFence(connection, chain);
        if (fence.Epoch != epoch || fence.Writer != chain.Writer)
            return LogWriter.FenceRefusal(chain, fence.Epoch, epoch);
        return new InvalidOperationException(snapshot <= fence.Current
            ? $"Expected a snapshot number above the current {fence.Current}, found {snapshot}."
            : $"Expected no unfinished snapshot but {snapshot} of epoch {epoch}, found {fence.Unfinished} of epoch "
            + $"{fence.UnfinishedEpoch}: drop it first.");
    }
}
