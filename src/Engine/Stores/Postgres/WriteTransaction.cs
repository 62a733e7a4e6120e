using Npgsql;

namespace Actors.Engine.Stores.Postgres;

/// <summary>A transaction of one writer. It is the only place from which a commit is sent, and where its outcome can stay open.</summary>
internal sealed class WriteTransaction : IDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly string _name;
    private readonly Action _sent;
    private PostgresNotice? _warning;

    public WriteTransaction(NpgsqlConnection connection, string name, Action sent)
    {
        _connection = connection;
        _name = name;
        _sent = sent;
        _transaction = connection.BeginTransaction(); // goes out with the first statement
    }

    public NpgsqlConnection Connection => _connection;

    public Statement Use(string sql) => new(_connection, sql);

    /// <summary>Durable on return, on the synchronous standby too where there is one.</summary>
    /// <exception cref="OutcomeUnknownException">It may have been committed.</exception>
    public void Commit()
    {
        _sent();
        _connection.Notice += KeepWarning;
        try
        {
            _transaction.Commit();
        }
        catch (Exception e) when (PostgresFaults.IsOfServer(e))
        {
            throw PostgresFaults.OfCommit(e, _name);
        }
        finally
        {
            _connection.Notice -= KeepWarning;
        }

        if (_warning is { } warning)
            throw PostgresFaults.OfWarnedCommit(warning, _name);
    }

    public void Dispose()
    {
        try
        {
            _transaction.Dispose();
        }
        catch (Exception e) when (PostgresFaults.IsOfServer(e))
        {
            // The connection is gone, and the transaction with it.
        }
    }

    private void KeepWarning(object sender, NpgsqlNoticeEventArgs e)
    {
        if (e.Notice.InvariantSeverity == "WARNING")
            _warning = e.Notice;
    }
}
