using System.Text;
using Actors.Ledger.Hashing;

namespace Actors.Engine.Stores.Sqlite;

/// <summary>The fenced writes to log.db, and to what is kept beside it of when the chain is due.</summary>
internal sealed class LogWriter(string path, ChainDueFile? due) : IDisposable
{
    private readonly WriteTurn _turn = new(path, SqliteSettings.LogCheckpointPages);

    /// <summary>
    /// Raises the epoch above the one found and above <paramref name="floor"/>, unless <paramref name="check"/>, which
    /// sees the head under the write lock, refuses it.
    /// </summary>
    public StoredHead TakeEpoch(ulong floor, Action<SqliteFile, StoredHead> check)
    {
        // After a sync that failed, the system takes the lost pages for clean and syncs them no more, while a recovery of
        // the write-ahead log still reads them from memory. What is found is therefore written anew before it counts.
        _turn.Checkpoint();
        using var transaction = _turn.Begin();
        using (var update = transaction.Use(LogSql.TakeEpoch))
            update.With(floor).Run();
        RequireOpen(transaction);
        var head = LogReader.ReadHead(transaction.File);
        check(transaction.File, head);
        transaction.Commit();
        return head;
    }

    /// <summary>
    /// The update is rolled back: it changes nothing, so there is nothing to sync. That it met the row under the write
    /// lock is what counts.
    /// </summary>
    public void ConfirmEpoch(ulong epoch)
    {
        using var transaction = _turn.Begin();
        using var confirm = transaction.Use(LogSql.ConfirmEpoch);
        if (confirm.With(epoch).Run() == 0)
            throw new FenceLostException(epoch, LogReader.ReadHead(transaction.File).Epoch);
    }

    public void Close(ulong epoch, string movedTo)
    {
        using var transaction = _turn.Begin();
        using (var close = transaction.Use(LogSql.Close))
        {
            if (close.With(Encoding.UTF8.GetBytes(movedTo)).With(epoch).Run() == 0)
                throw new FenceLostException(epoch, LogReader.ReadHead(transaction.File).Epoch);
        }

        transaction.Commit();
        due?.Write(default);
    }

    public void Append(ulong epoch, IReadOnlyList<BlockAppend> blocks)
    {
        if (AppendWithEarlierDue(epoch, blocks) is { } later)
            KeepLater(epoch, later.Height, later.Due);
    }

    /// <summary>See <see cref="IDueChainStore.WriteDue"/>. Under the log's write lock, so no block comes in between.</summary>
    public bool WriteDue(ulong epoch, ulong height, DueNote note)
    {
        using var transaction = _turn.Begin();
        using (var confirm = transaction.Use(LogSql.ConfirmEpoch))
        {
            var head = LogReader.ReadHead(transaction.File);
            if (confirm.With(epoch).Run() == 0)
                throw new FenceLostException(epoch, head.Epoch);
            if (head.Height != height)
                return false;
        }

        due?.Write(note);
        return true;
    }

    public void Migrate() => LogSchema.Current.Migrate(_turn);

    public void Rest() => _turn.Rest();

    public void LimitPages(long? pagesMax) => _turn.LimitPages(pagesMax);

    public void Dispose() => _turn.Dispose();

    /// <summary>What the store is to keep after the commit: what it keeps now is too early.</summary>
    private (ulong Height, DueNote Due)? AppendWithEarlierDue(ulong epoch, IReadOnlyList<BlockAppend> blocks)
    {
        using var transaction = _turn.Begin();
        (ulong Height, DueNote Due)? later = null;
        foreach (var block in blocks)
        {
            Append(transaction, epoch, block);
            if (block.Due is { } note)
                later = due?.KeepEarlier(note) == true ? (block.Height, note) : null;
        }

        transaction.Commit();
        return later;
    }

    // The blocks are committed. That the chain is woken too early, should this fail, does no harm.
    private void KeepLater(ulong epoch, ulong height, DueNote note)
    {
        try
        {
            WriteDue(epoch, height, note);
        }
        catch (StoreException)
        {
        }
    }

    private static void Append(WriteTurn.Transaction transaction, ulong epoch, BlockAppend block)
    {
        MoveHead(transaction, epoch, block);
        using (var insert = transaction.Use(LogSql.InsertBlock))
            insert.With(block.Height).With(block.TimeMs).With(block.HeaderHash).With(block.Bytes.Span).Run();
        foreach (var filter in block.Filters)
            InsertFilter(transaction, filter);
        foreach (var tile in block.Tiles)
            InsertTile(transaction, tile);
        for (var position = 0; position < block.KeyChanges.Count; position++)
            InsertKeyChange(transaction, block.Height, position, block.KeyChanges[position]);
    }

    private static void RequireOpen(WriteTurn.Transaction transaction)
    {
        if (LogReader.ReadClosedTo(transaction.File) is { } movedTo)
            throw new ChainClosedException($"'{transaction.File.Path}'", movedTo);
    }

    private static void MoveHead(WriteTurn.Transaction transaction, ulong epoch, BlockAppend block)
    {
        using var move = transaction.Use(LogSql.MoveHead);
        move.With(block.Height).With(block.HeaderHash).With(block.TimeMs).With(epoch).With(block.Previous);
        if (move.Run() == 0)
            throw Refusal(epoch, block, LogReader.ReadHead(transaction.File));
    }

    private static Exception Refusal(ulong epoch, BlockAppend block, StoredHead head)
    {
        if (head.Epoch != epoch)
            return new FenceLostException(epoch, head.Epoch);
        if (head.Height != block.Height - 1 || head.HeaderHash != block.Previous)
            return new HeadMovedException(Name(block.Height - 1, block.Previous), Name(head.Height, head.HeaderHash));
        return new ArgumentException($"Expected block {block.Height} to be no earlier than the head, at {head.TimeMs} ms, "
            + $"found {block.TimeMs} ms.", nameof(block));
    }

    private static string Name(ulong height, Hash256 hash) => $"height {height} with hash {hash}";

    private static void InsertFilter(WriteTurn.Transaction transaction, IdFilter filter)
    {
        using var insert = transaction.Use(LogSql.InsertFilter);
        insert.With(filter.FirstHeight).With(filter.LastHeight).With(filter.FirstTimeMs).With(filter.LastTimeMs)
            .With(filter.Bits).Run();
    }

    private static void InsertTile(WriteTurn.Transaction transaction, HistoryTile tile)
    {
        using var insert = transaction.Use(LogSql.InsertTile);
        insert.With(tile.Level).With(tile.Index).With(tile.Root).Run();
    }

    private static void InsertKeyChange(WriteTurn.Transaction transaction, ulong height, int position, byte[] bytes)
    {
        using var insert = transaction.Use(LogSql.InsertKeyChange);
        insert.With(height).With(position).With(bytes).Run();
    }
}
