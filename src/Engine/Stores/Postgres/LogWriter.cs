using System.Diagnostics;
using Actors.Ledger.Hashing;
using Npgsql;

namespace Actors.Engine.Stores.Postgres;

/// <summary>The fenced writes to a chain's log. Each is one transaction that begins with the update of the chain's row.</summary>
internal sealed class LogWriter(Connections connections, ChainKey chain)
{
    /// <summary>
    /// Raises the epoch, the snapshots' too, unless the head is below what it is known to have been. Goes on trying while the server is away:
    /// taking an epoch again does no harm.
    /// </summary>
    public StoredHead TakeEpoch()
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return TakeEpochOnce();
            }
            catch (StoreException e) when (e is StoreUnavailableException or OutcomeUnknownException)
            {
                if (Stopwatch.GetElapsedTime(start) > PostgresSettings.TakeEpochPatience)
                    throw e is StoreUnavailableException ? e : new StoreUnavailableException(e.Message, e);
                Thread.Sleep(PostgresSettings.TakeEpochEvery);
            }
        }
    }

    /// <summary>
    /// The update changes nothing, and is committed all the same: a server that was cut off from its synchronous standby, which may
    /// be the primary by now, cannot do that.
    /// </summary>
    public void ConfirmEpoch(ulong epoch)
    {
        var check = new HeadCheck(chain);
        try
        {
            connections.Write(transaction =>
            {
                var row = ConfirmEpoch(transaction, epoch);
                check.Check(transaction.Connection, row);
                transaction.Commit();
                return row;
            });
        }
        catch (OutcomeUnknownException unknown)
        {
            throw new StoreUnavailableException(unknown.Message, unknown); // nothing hangs on whether it happened
        }
    }

    public void Append(ulong epoch, IReadOnlyList<BlockAppend> blocks)
    {
        var check = new HeadCheck(chain);
        connections.Write(transaction =>
        {
            foreach (var block in blocks)
                Append(transaction, check, epoch, block);
            transaction.Commit();
            return true;
        });
        if (blocks is [.., var last])
            chain.Bound.NoteHead(last.Height, last.HeaderHash);
    }

    public void Close(ulong epoch, string movedTo) => connections.Write(transaction =>
    {
        using (var close = transaction.Use(LogSql.Close).With(chain.Number).With(epoch).With(chain.Writer).With(movedTo))
        {
            if (close.Run() == 0)
                throw FenceRefusal(chain, LogReader.ReadRow(transaction.Connection, chain), epoch);
        }

        using (var state = transaction.Use(LogSql.CloseState).With(chain.Number))
            state.Run();
        Write(transaction, default(DueNote));
        transaction.Commit();
        return true;
    });

    /// <summary>See <see cref="IDueChainStore.WriteDue"/>.</summary>
    public bool WriteDue(ulong epoch, ulong height, DueNote due)
    {
        try
        {
            return connections.Write(transaction =>
            {
                if (ConfirmHead(transaction, epoch) != height)
                    return false;
                Write(transaction, due);
                transaction.Commit();
                return true;
            });
        }
        catch (OutcomeUnknownException unknown)
        {
            throw new StoreUnavailableException(unknown.Message, unknown); // as good as not written: it is never later than what is due
        }
    }

    private StoredHead TakeEpochOnce()
    {
        var check = new HeadCheck(chain);
        var row = connections.Write(transaction =>
        {
            var taken = TakeEpoch(transaction);
            RequireOpen(transaction);
            check.CheckWhole(transaction.Connection, taken with { Epoch = taken.Epoch - 1 });
            if (TakeStateEpoch(transaction, taken.Epoch) is var snapshot && snapshot > taken.Height)
                throw new StoreCorruptException(
                    $"{chain.Name}: expected a head at height {snapshot} or above, as its snapshot says, found it at {taken.Height}.");
            transaction.Commit();
            return taken;
        });
        chain.Bound.NoteEpoch(row.Epoch);
        chain.Bound.NoteHead(row.Height, row.HeadHash);
        return row.ToHead(check.HeadFileFound);
    }

    private void RequireOpen(WriteTransaction transaction)
    {
        using var closed = transaction.Use(LogSql.ReadClosedTo).With(chain.Number);
        using var rows = closed.Query();
        if (rows.Step())
            throw new ChainClosedException(chain.Name, rows.Text(0));
    }

    private ChainRow TakeEpoch(WriteTransaction transaction)
    {
        using var take = transaction.Use(LogSql.TakeEpoch).With(chain.Number).With(chain.Writer);
        using var rows = take.Query();
        return rows.Step() ? ChainRow.Of(rows) : throw LogReader.Missing(chain, "the chain's row");
    }

    private ulong TakeStateEpoch(WriteTransaction transaction, ulong epoch)
    {
        using var take = transaction.Use(StateSql.TakeEpoch).With(chain.Number).With(epoch).With(chain.Writer);
        using var rows = take.Query();
        return rows.Step() ? rows.UInt64(0) : throw LogReader.Missing(chain, "the snapshots' row");
    }

    private ChainRow ConfirmEpoch(WriteTransaction transaction, ulong epoch)
    {
        using (var confirm = transaction.Use(LogSql.ConfirmEpoch).With(chain.Number).With(epoch).With(chain.Writer))
        {
            using var rows = confirm.Query();
            if (rows.Step())
                return ChainRow.Of(rows);
        }

        throw FenceRefusal(chain, LogReader.ReadRow(transaction.Connection, chain), epoch);
    }

    private void Append(WriteTransaction transaction, HeadCheck check, ulong epoch, BlockAppend block)
    {
        if (!TryAppend(transaction, epoch, block))
            throw Refusal(transaction.Connection, check, epoch, block);
        foreach (var filter in block.Filters)
            InsertFilter(transaction, filter);
        foreach (var tile in block.Tiles)
            InsertTile(transaction, tile);
        for (var position = 0; position < block.KeyChanges.Count; position++)
            InsertKeyChange(transaction, block.Height, position, block.KeyChanges[position]);
        if (block.Due is { } due)
            Write(transaction, due);
    }

    private ulong ConfirmHead(WriteTransaction transaction, ulong epoch)
    {
        using (var confirm = transaction.Use(DueSql.ConfirmHead).With(chain.Number).With(epoch).With(chain.Writer))
        {
            using var rows = confirm.Query();
            if (rows.Step())
                return rows.UInt64(0);
        }

        throw FenceRefusal(chain, LogReader.ReadRow(transaction.Connection, chain), epoch);
    }

    private void Write(WriteTransaction transaction, DueNote due)
    {
        using var write = due.DueMs is { } time
            ? transaction.Use(DueSql.Write).With(chain.Number).With(time)
            : transaction.Use(DueSql.Remove).With(chain.Number);
        write.Run();
    }

    private bool TryAppend(WriteTransaction transaction, ulong epoch, BlockAppend block)
    {
        using var append = transaction.Use(LogSql.Append).With(chain.Number).With(epoch).With(chain.Writer)
            .With(block.Height).With(block.HeaderHash).With(block.TimeMs).With(block.Bytes).With(block.Previous);
        return append.Run() == 1;
    }

    /// <summary>Why a write of that epoch is refused. An epoch that was taken here and is not found any more was lost.</summary>
    public static StoreException FenceRefusal(ChainKey chain, in ChainRow row, ulong epoch) =>
        FenceRefusal(chain, row.Epoch, epoch);

    public static StoreException FenceRefusal(ChainKey chain, ulong found, ulong epoch) => found <= epoch && epoch <= chain.Bound.Epoch
        ? new HeadBehindException($"{chain.Name}: expected epoch {epoch}, which was taken here, found {found} of another writer: {HeadCheck.Meaning}.")
        : new FenceLostException(epoch, found);

    private Exception Refusal(NpgsqlConnection connection, HeadCheck check, ulong epoch, BlockAppend block)
    {
        var row = LogReader.ReadRow(connection, chain);
        if (row.Epoch != epoch || row.Writer != chain.Writer)
            return FenceRefusal(chain, row, epoch);
        check.Check(connection, row);
        if (row.Height != block.Height - 1 || row.HeadHash != block.Previous)
            return new HeadMovedException(Tell(block.Height - 1, block.Previous), Tell(row.Height, row.HeadHash));
        return new ArgumentException($"Expected block {block.Height} to be no earlier than the head, at {row.HeadTimeMs} ms, "
            + $"found {block.TimeMs} ms.", nameof(block));
    }

    private static string Tell(ulong height, in Hash256 hash) => $"height {height} with hash {hash}";

    private void InsertFilter(WriteTransaction transaction, IdFilter filter)
    {
        using var insert = transaction.Use(LogSql.InsertFilter).With(chain.Number).With(filter.FirstHeight).With(filter.LastHeight)
            .With(filter.FirstTimeMs).With(filter.LastTimeMs).With(filter.Bits);
        insert.Run();
    }

    private void InsertTile(WriteTransaction transaction, HistoryTile tile)
    {
        using var insert = transaction.Use(LogSql.InsertTile).With(chain.Number).With(tile.Level).With(tile.Index).With(tile.Root);
        insert.Run();
    }

    private void InsertKeyChange(WriteTransaction transaction, ulong height, int position, byte[] bytes)
    {
        using var insert = transaction.Use(LogSql.InsertKeyChange).With(chain.Number).With(height).With(position).With(bytes);
        insert.Run();
    }
}
