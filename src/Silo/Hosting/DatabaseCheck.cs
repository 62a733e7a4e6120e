using Actors.Gateway.Settings;
using Npgsql;

namespace Actors.Silo.Hosting;

/// <summary>Looks, before anything is started, whether the database can be used, so that what is wrong is said in one line with what to do.</summary>
internal static class DatabaseCheck
{
    /// <summary>The name under which the ADO.NET providers know PostgreSQL.</summary>
    public const string Provider = "Npgsql";

    /// <exception cref="StartRefusedException">It cannot be reached, or the cluster's tables are not there.</exception>
    public static async Task RequireClusterTablesAsync(string connectionString, CancellationToken cancellation)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(cancellation);
            await using var command = new NpgsqlCommand("SELECT count(*) FROM OrleansQuery", connection);
            await command.ExecuteScalarAsync(cancellation);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            throw new StartRefusedException("the database has no tables for the cluster: run `actors db migrate` under the role that owns the schema", missing);
        }
        catch (PostgresException refused)
        {
            throw new StartRefusedException($"the database of {Settings.ClusterOptions.Section}:Database refuses: {refused.MessageText}", refused);
        }
        catch (Exception unreachable) when (unreachable is NpgsqlException or ArgumentException or System.Net.Sockets.SocketException or TimeoutException)
        {
            throw new StartRefusedException($"the database of {Settings.ClusterOptions.Section}:Database cannot be reached: {unreachable.Message}", unreachable);
        }
    }
}
