using Npgsql;

namespace Actors.Engine.Stores.Postgres;

/// <summary>Reads on one connection, in one transaction in which nothing changes, while everybody else goes on writing.</summary>
internal sealed class StandingReads : IReads, IDisposable
{
    // Between two reads the copy is written, which may wait for a disk.
    private const string BePatient = """
        SET LOCAL idle_in_transaction_session_timeout = '10min'
        """;

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    public StandingReads(NpgsqlConnection connection)
    {
        _connection = connection;
        _transaction = connection.BeginTransaction(System.Data.IsolationLevel.RepeatableRead);
        using var patience = new NpgsqlCommand(BePatient, connection);
        patience.ExecuteNonQuery();
    }

    public T Read<T>(Func<NpgsqlConnection, T> work) => work(_connection);

    public void Dispose() => _transaction.Dispose();
}
