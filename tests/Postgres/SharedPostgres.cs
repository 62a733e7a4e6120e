using Npgsql;

namespace Actors.Tests.Postgres;

/// <summary>
/// The server that the tests of one assembly share: the one that <see cref="Variable"/> names, as a role that may create databases and roles, else
/// one of our own, started when the first test asks.
/// </summary>
internal static class SharedPostgres
{
    public const string Variable = "ACTORS_POSTGRES";

    private static readonly Lazy<string> Server = new(FindOrStart);

    public static string ConnectionString => Server.Value;

    private static string FindOrStart()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return new NpgsqlConnectionStringBuilder(given).ConnectionString;
        // The tests that kill a server have one of their own, which syncs.
        var server = PostgresServer.StartNew("fsync = off");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return server.ConnectionString;
    }
}
