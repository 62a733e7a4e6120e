using System.Collections.Concurrent;

namespace Actors.Engine.Stores.Sqlite;

/// <summary>The read-only connections of one file: opened when needed, at most <see cref="SqliteSettings.ReadersMax"/>.</summary>
internal sealed class ReadPool(string path) : IDisposable
{
    private readonly ConcurrentStack<SqliteFile> _idle = [];
    private readonly SemaphoreSlim _room = new(SqliteSettings.ReadersMax);
    private volatile bool _disposed;

    /// <summary>Takes a connection; disposing the lease gives it back.</summary>
    public Lease Take()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _room.Wait();
        try
        {
            return new Lease(this, _idle.TryPop(out var file) ? file : SqliteFile.OpenToRead(path));
        }
        catch
        {
            _room.Release();
            throw;
        }
    }

    /// <summary>Closes the connections that nobody uses at the moment.</summary>
    public void Rest()
    {
        while (_idle.TryPop(out var file))
            file.Dispose();
    }

    public void Dispose()
    {
        _disposed = true;
        Rest();
    }

    private void Return(SqliteFile file)
    {
        if (file.Failed)
            file.Dispose();
        else
            _idle.Push(file);
        if (_disposed)
            Rest();
        _room.Release();
    }

    public readonly struct Lease(ReadPool pool, SqliteFile file) : IDisposable
    {
        public Statement Use(string sql) => file.Use(sql);

        public SqliteFile File => file;

        public void Dispose() => pool.Return(file);
    }
}
