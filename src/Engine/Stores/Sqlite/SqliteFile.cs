using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Actors.Engine.Stores.Sqlite;

/// <summary>One connection to one database file, with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, Statement> _statements = [];

    private SqliteFile(string path, SqliteConnection connection)
    {
        Path = path;
        _connection = connection;
    }

    public string Path { get; }

    /// <summary>Whether a call failed: such a connection is closed, not used again.</summary>
    public bool Failed { get; private set; }

    public SqliteConnection Connection => _connection;

    public sqlite3 Handle => _connection.Handle!;

    /// <summary>Creates a database that does not exist; <paramref name="pageBytes"/> is fixed from then on.</summary>
    public static SqliteFile Create(string path, int pageBytes, int checkpointPages) =>
        Open(path, SqliteOpenMode.ReadWriteCreate, $"""
            PRAGMA page_size = {pageBytes};
            PRAGMA auto_vacuum = NONE;
            PRAGMA journal_mode = WAL;
            {SqliteSettings.ForWriting(checkpointPages)}
            """);

    public static SqliteFile OpenToWrite(string path, int checkpointPages) =>
        Open(path, SqliteOpenMode.ReadWrite, SqliteSettings.ForWriting(checkpointPages));

    public static SqliteFile OpenToRead(string path) =>
        Open(path, SqliteOpenMode.ReadOnly, SqliteSettings.ForReading);

    /// <summary>The statement of this text, prepared on first use and to be disposed after each use.</summary>
    public Statement Use(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
            _statements.Add(sql, statement = new Statement(this, sql));
        return statement;
    }

    /// <summary>Runs statements that have no parameters and whose rows do not matter.</summary>
    public void Run(string script) => Check(raw.sqlite3_exec(Handle, script));

    public long ReadPragma(string name)
    {
        var statement = new Statement(this, $"PRAGMA {name}");
        try
        {
            return statement.Step() ? statement.Int64(0) : 0;
        }
        finally
        {
            statement.Close();
        }
    }

    public void Check(int code)
    {
        if (code == raw.SQLITE_OK)
            return;
        Failed = true;
        throw SqliteFaults.OfStatement(code, Handle, Path);
    }

    public StoreException CommitFailed(int code)
    {
        Failed = true;
        return SqliteFaults.OfCommit(code, Handle, Path);
    }

    /// <summary>Ends an open transaction, if SQLite has not done so by itself; false when that failed.</summary>
    public bool TryRollback() =>
        raw.sqlite3_get_autocommit(Handle) != 0 || raw.sqlite3_exec(Handle, "ROLLBACK") == raw.SQLITE_OK;

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Close();
        _connection.Dispose();
    }

    private static SqliteFile Open(string path, SqliteOpenMode mode, string pragmas)
    {
        if (mode != SqliteOpenMode.ReadWriteCreate && !File.Exists(path))
            throw new StoreCorruptException($"Expected a database '{path}', found no such file.");

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
        }.ToString());
        var file = new SqliteFile(path, connection);
        try
        {
            connection.Open();
            _ = raw.sqlite3_extended_result_codes(file.Handle, 1);
            file.Run(pragmas);
            return file;
        }
        catch (SqliteException e)
        {
            file.Dispose();
            throw SqliteFaults.Of(e, path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
