using Actors.Ledger.Hashing;
using SQLitePCL;

namespace Actors.Engine.Stores.Sqlite;

/// <summary>
/// A prepared statement. <see cref="SqliteFile.Use"/> hands it out and disposing gives it back: prepared once, it is
/// reset, not closed. The ADO.NET command is not used because it copies every blob into an array of its own.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly SqliteFile _file;
    private readonly sqlite3_stmt _handle;
    private int _bound;

    public Statement(SqliteFile file, string sql)
    {
        _file = file;
        _file.Check(raw.sqlite3_prepare_v3(file.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out _handle));
    }

    /// <summary>Binds the next parameter, in the order in which the names first occur in the statement.</summary>
    public Statement With(long value)
    {
        _file.Check(raw.sqlite3_bind_int64(_handle, ++_bound, value));
        return this;
    }

    /// <inheritdoc cref="With(long)"/>
    /// <exception cref="OverflowException"><paramref name="value"/> is 2^63 or more.</exception>
    public Statement With(ulong value) => With(checked((long)value));

    /// <inheritdoc cref="With(long)"/>
    public Statement With(ReadOnlySpan<byte> value)
    {
        // An empty span has a null pointer, which SQLite would take for NULL.
        _file.Check(value.IsEmpty
            ? raw.sqlite3_bind_zeroblob(_handle, ++_bound, 0)
            : raw.sqlite3_bind_blob(_handle, ++_bound, value));
        return this;
    }

    /// <inheritdoc cref="With(long)"/>
    public Statement With(in Hash256 value)
    {
        Span<byte> bytes = stackalloc byte[32];
        value.CopyTo(bytes);
        return With(bytes);
    }

    /// <summary>Moves to the next row; false after the last one.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_handle);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
            _file.Check(code);
        return code == raw.SQLITE_ROW;
    }

    /// <summary>Runs a statement without rows to its end and returns how many rows it changed.</summary>
    public int Run()
    {
        Step();
        return raw.sqlite3_changes(_file.Handle);
    }

    /// <summary>Runs the one statement whose failure may leave its outcome open.</summary>
    public void RunCommit()
    {
        var code = raw.sqlite3_step(_handle);
        if (code != raw.SQLITE_DONE)
            throw _file.CommitFailed(code);
    }

    public long Int64(int column) => raw.sqlite3_column_int64(_handle, column);

    public int Int32(int column) => checked((int)Int64(column));

    public ulong UInt64(int column)
    {
        var value = Int64(column);
        return value >= 0
            ? (ulong)value
            : throw new StoreCorruptException($"'{_file.Path}': expected a number from 0, found {value}.");
    }

    /// <summary>The column's bytes in SQLite's memory, valid until the next step or until disposed.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_handle, column);

    public Hash256 Hash(int column)
    {
        var bytes = Blob(column);
        return bytes.Length == 32
            ? new Hash256(bytes)
            : throw new StoreCorruptException($"'{_file.Path}': expected a hash of 32 bytes, found {bytes.Length}.");
    }

    /// <summary>Gives the statement back. Its failure, if any, was reported by the step that met it.</summary>
    public void Dispose()
    {
        _bound = 0;
        _ = raw.sqlite3_reset(_handle);
        _ = raw.sqlite3_clear_bindings(_handle);
    }

    public void Close() => _handle.Dispose();
}
