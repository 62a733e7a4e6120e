namespace Actors.Tests.Postgres;

/// <summary>What a server's sessions are doing.</summary>
internal static class PostgresActivity
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits until a session of the database is in such a state, and gives its process id.</summary>
    public static async Task<int> WaitForAsync(PostgresDatabase database, string condition)
    {
        using var patience = new CancellationTokenSource(WaitMax);
        while (true)
        {
            var found = database.ReadAsAdmin<int>(
                $"SELECT coalesce((SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND {condition} LIMIT 1), 0)");
            if (found != 0)
                return found;
            await Task.Delay(LookEvery, patience.Token);
        }
    }
}
