using Npgsql;

namespace Actors.Engine.Stores.Postgres;

/// <summary>
/// A few connections to one database, opened when needed and kept, each with its statements prepared. Work given here MUST be such that it
/// can be done again as long as nothing was committed.
/// </summary>
internal sealed class Connections : IReads, IDisposable
{
    private readonly NpgsqlDataSource _source;

    public Connections(PostgresAddress address, int connectionsMax)
    {
        Name = address.Name;
        var builder = new NpgsqlDataSourceBuilder(address.For(connectionsMax));
        builder.UsePhysicalConnectionInitializer(Begin, BeginAsync);
        _source = address.HasManyHosts
            ? builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary)
            : builder.Build();
    }

    /// <summary>What messages call the database.</summary>
    public string Name { get; }

    /// <exception cref="StoreException">The server failed; nothing of the work is kept.</exception>
    public T Read<T>(Func<NpgsqlConnection, T> work) => Run(work, static () => false);

    /// <summary>
    /// Runs work that commits by itself. Disposing the transaction without a commit rolls it back; what the work read under its row locks
    /// stays true until then.
    /// </summary>
    /// <exception cref="OutcomeUnknownException">It may have been committed.</exception>
    /// <exception cref="StoreException">The server failed; nothing of the work is kept.</exception>
    public T Write<T>(Func<WriteTransaction, T> work)
    {
        var isCommitSent = false;
        return Run(
            connection =>
            {
                using var transaction = new WriteTransaction(connection, Name, () => isCommitSent = true);
                return work(transaction);
            },
            () => isCommitSent);
    }

    /// <summary>Closes the connections that nobody uses at the moment.</summary>
    public void CloseIdle() => _source.Clear();

    public void Dispose() => _source.Dispose();

    private T Run<T>(Func<NpgsqlConnection, T> work, Func<bool> isDone)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            var isOpen = false;
            try
            {
                using var connection = _source.OpenConnection();
                isOpen = true;
                return work(connection);
            }
            catch (Exception e) when (isOpen && isFirst && !isDone() && PostgresFaults.IsOfServer(e) && PostgresFaults.EndsSession(e))
            {
                // Most likely the server had closed the connection while it lay idle, and the others with it.
                CloseIdle();
            }
            catch (Exception e) when (PostgresFaults.IsOfServer(e))
            {
                throw PostgresFaults.OfStatement(e, Name);
            }
        }
    }

    private static void Begin(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(PostgresSettings.Session, connection);
        command.ExecuteNonQuery();
    }

    private static async Task BeginAsync(NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand(PostgresSettings.Session, connection);
        await using var _ = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }
}
