using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Actors.ProcessTests;

/// <summary>Looks into a chain's state.db, from another process than the node's, for a snapshot that is begun and not yet current.</summary>
internal sealed class SnapshotWatch(string chainFolder)
{
    private const string Unfinished = "SELECT unfinished FROM fence WHERE id = 1";
    private const string Current = "SELECT coalesce((SELECT snapshot FROM manifest WHERE id = 1), 0)";
    private readonly string _connection = new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(chainFolder, "state.db"),
        Mode = SqliteOpenMode.ReadWrite, // a reader of a write-ahead log may have to recover its index
        Pooling = false,
    }.ToString();

    /// <summary>Of a node that is dead: whether it died within a snapshot.</summary>
    public bool IsUnfinished => Read(Unfinished) != 0;

    public long CurrentSnapshot => Read(Current);

    /// <summary>True as soon as a snapshot is being written; false when none was within the time.</summary>
    public bool WaitForUnfinished(TimeSpan max)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = Unfinished;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < max;)
        {
            if ((long)command.ExecuteScalar()! != 0)
            {
                return true;
            }
        }

        return false;
    }

    private long Read(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connection) { DefaultTimeout = 5 };
        connection.Open();
        return connection;
    }
}
