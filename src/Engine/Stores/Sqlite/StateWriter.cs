namespace Actors.Engine.Stores.Sqlite;

/// <summary>The fenced writes to state.db. Its fence follows the log's: an epoch is taken there first.</summary>
internal sealed class StateWriter(string path) : IDisposable
{
    private readonly WriteTurn _turn = new(path, SqliteSettings.StateCheckpointPages);

    public void TakeEpoch(ulong epoch)
    {
        using var transaction = _turn.Begin();
        using (var update = transaction.Use(StateSql.TakeEpoch))
        {
            if (update.With(epoch).Run() == 0)
                throw new FenceLostException(epoch, StateReader.ReadFence(transaction.File).Epoch);
        }

        transaction.Commit();
    }

    public void WritePages(ulong epoch, ulong snapshot, IReadOnlyList<PageWrite> pages)
    {
        using var transaction = _turn.Begin();
        Admit(transaction, StateSql.BeginOrContinue, epoch, snapshot);
        foreach (var page in pages)
            WritePage(transaction, snapshot, page);
        transaction.Commit();
    }

    public void SwitchSnapshot(ulong epoch, SnapshotManifest manifest)
    {
        using var transaction = _turn.Begin();
        Admit(transaction, StateSql.Finish, epoch, manifest.Snapshot);
        using (var write = transaction.Use(StateSql.WriteManifest))
            write.With(manifest.Snapshot).With(manifest.Height).With(manifest.State).Run();
        transaction.Commit();
    }

    public int DropSuperseded(ulong epoch, int pagesMax)
    {
        using var transaction = _turn.Begin();
        using (var giveUp = transaction.Use(StateSql.GiveUp))
        {
            if (giveUp.With(epoch).Run() == 0)
                throw new FenceLostException(epoch, StateReader.ReadFence(transaction.File).Epoch);
        }

        var current = StateReader.ReadManifest(transaction.File)?.Snapshot ?? 0;
        var dropped = 0;
        if (StateReader.ReadFence(transaction.File).Unfinished != 0)
            dropped = DropUnfinished(transaction, current, pagesMax);
        dropped += DropSuperseded(transaction, current, pagesMax - dropped);
        transaction.Commit();
        return dropped;
    }

    /// <summary>Drops all snapshots, and fences whoever writes one.</summary>
    public void Forget()
    {
        using var transaction = _turn.Begin();
        foreach (var sql in StateSql.Forget)
        {
            using var statement = transaction.Use(sql);
            statement.Run();
        }

        transaction.Commit();
    }

    public void Migrate() => StateSchema.Current.Migrate(_turn);

    public void Rest() => _turn.Rest();

    public void LimitPages(long? pagesMax) => _turn.LimitPages(pagesMax);

    public void Dispose() => _turn.Dispose();

    private static void Admit(WriteTurn.Transaction transaction, string fence, ulong epoch, ulong snapshot)
    {
        using var admit = transaction.Use(fence);
        // The two statements name the same parameters, but not in the same order.
        _ = fence == StateSql.Finish ? admit.With(epoch).With(snapshot) : admit.With(snapshot).With(epoch);
        if (admit.Run() == 0)
            throw Refusal(transaction.File, epoch, snapshot);
    }

    private static Exception Refusal(SqliteFile file, ulong epoch, ulong snapshot)
    {
        var (found, unfinished, unfinishedEpoch) = StateReader.ReadFence(file);
        if (found != epoch)
            return new FenceLostException(epoch, found);
        var current = StateReader.ReadManifest(file)?.Snapshot ?? 0;
        return new InvalidOperationException(snapshot <= current
            ? $"Expected a snapshot number above the current {current}, found {snapshot}."
            : $"Expected no unfinished snapshot but {snapshot} of epoch {epoch}, found {unfinished} of epoch "
            + $"{unfinishedEpoch}: drop it first.");
    }

    private static void WritePage(WriteTurn.Transaction transaction, ulong snapshot, PageWrite page)
    {
        var newest = FindNewest(transaction, page);
        if (newest is { } same && same.Snapshot == snapshot)
        {
            using var replace = transaction.Use(StateSql.ReplacePage);
            replace.With(page.Hash).With(page.Bytes.Span).With(same.Id).Run();
            return;
        }

        if (newest is { } older)
        {
            using var supersede = transaction.Use(StateSql.InsertSuperseded);
            supersede.With(older.Id).With(snapshot).Run();
        }

        using var insert = transaction.Use(StateSql.InsertPage);
        insert.With(page.Table).With(page.Page).With(snapshot).With(page.Hash).With(page.Bytes.Span).Run();
    }

    private static (long Id, ulong Snapshot)? FindNewest(WriteTurn.Transaction transaction, PageWrite page)
    {
        using var row = transaction.Use(StateSql.FindNewest);
        return row.With(page.Table).With(page.Page).Step() ? (row.Int64(0), row.UInt64(1)) : null;
    }

    /// <summary>The rows of an unfinished snapshot are the last ones: nothing else is written before they are gone.</summary>
    private static int DropUnfinished(WriteTurn.Transaction transaction, ulong current, int pagesMax)
    {
        for (var dropped = 0; dropped < pagesMax; dropped++)
        {
            if (FindLast(transaction) is not { } last || last.Snapshot <= current)
            {
                using var above = transaction.Use(StateSql.DeleteSupersededAbove);
                above.With(current).Run();
                using var forget = transaction.Use(StateSql.ForgetUnfinished);
                forget.Run();
                return dropped;
            }

            DeletePage(transaction, last.Id);
        }

        return pagesMax;
    }

    private static (long Id, ulong Snapshot)? FindLast(WriteTurn.Transaction transaction)
    {
        using var row = transaction.Use(StateSql.ReadLast);
        return row.Step() ? (row.Int64(0), row.UInt64(1)) : null;
    }

    private static int DropSuperseded(WriteTurn.Transaction transaction, ulong current, int pagesMax)
    {
        var dropped = 0;
        for (; dropped < pagesMax && FindSuperseded(transaction, current) is { } id; dropped++)
        {
            DeletePage(transaction, id);
            using var delete = transaction.Use(StateSql.DeleteSuperseded);
            delete.With(id).Run();
        }

        return dropped;
    }

    private static long? FindSuperseded(WriteTurn.Transaction transaction, ulong current)
    {
        using var row = transaction.Use(StateSql.ReadSuperseded);
        return row.With(current).Step() ? row.Int64(0) : null;
    }

    private static void DeletePage(WriteTurn.Transaction transaction, long id)
    {
        using var delete = transaction.Use(StateSql.DeletePage);
        delete.With(id).Run();
    }
}
