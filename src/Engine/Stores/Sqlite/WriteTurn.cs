namespace Actors.Engine.Stores.Sqlite;

/// <summary>The one write connection of a file, opened when needed, and whose turn it is to use it.</summary>
internal sealed class WriteTurn(string path, int checkpointPages) : IDisposable
{
    private readonly Lock _gate = new();
    private SqliteFile? _file;
    private long? _pagesMax;
    private bool _disposed;

    /// <summary>
    /// Begins a transaction that holds the file's write lock from the start, so that what it reads stays true until it
    /// ends. Disposing it without <see cref="Transaction.Commit"/> rolls it back.
    /// </summary>
    public Transaction Begin()
    {
        _gate.Enter();
        try
        {
            var file = Open();
            using (var begin = file.Use("BEGIN IMMEDIATE"))
                begin.Run();
            return new Transaction(this, file);
        }
        catch
        {
            CloseIfFailed();
            _gate.Exit();
            throw;
        }
    }

    /// <summary>
    /// Copies what is in the write-ahead log into the database and syncs both, as far as no reader is in the way.
    /// </summary>
    public void Checkpoint()
    {
        lock (_gate)
        {
            try
            {
                Open().Run("PRAGMA wal_checkpoint(PASSIVE)");
            }
            finally
            {
                CloseIfFailed();
            }
        }
    }

    /// <summary>Closes the connection, after the transaction that uses it.</summary>
    public void Rest()
    {
        lock (_gate)
            Close();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Close();
        }
    }

    /// <summary>For tests: bounds the file's size, as a full disk would. SQLite never takes less than the file has.</summary>
    public void LimitPages(long? pagesMax)
    {
        lock (_gate)
        {
            _pagesMax = pagesMax;
            Close();
        }
    }

    private SqliteFile Open()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_file is not null)
            return _file;

        _file = SqliteFile.OpenToWrite(path, checkpointPages);
        if (_pagesMax is { } pagesMax)
            _file.Run($"PRAGMA max_page_count = {pagesMax}");
        return _file;
    }

    private void End(SqliteFile file, bool committed)
    {
        // Closing the connection rolls back too, so a rollback that fails needs no word of its own.
        if (!committed && !file.TryRollback())
            Close();
        CloseIfFailed();
        _gate.Exit();
    }

    private void CloseIfFailed()
    {
        if (_file is { Failed: true })
            Close();
    }

    private void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    public sealed class Transaction(WriteTurn turn, SqliteFile file) : IDisposable
    {
        private bool _committed;
        private bool _ended;

        public Statement Use(string sql) => file.Use(sql);

        public SqliteFile File => file;

        /// <summary>Synced on return.</summary>
        /// <exception cref="OutcomeUnknownException">It may have been committed.</exception>
        public void Commit()
        {
            using (var commit = file.Use("COMMIT"))
                commit.RunCommit();
            _committed = true;
        }

        public void Dispose()
        {
            if (_ended)
                return;
            _ended = true;
            turn.End(file, _committed);
        }
    }
}
