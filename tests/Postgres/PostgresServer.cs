using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Npgsql;

namespace Actors.Tests.Postgres;

/// <summary>
/// A PostgreSQL server of our own on loopback, in a temporary folder. It ends, and the folder goes, with the process that started it, however
/// that ends: the shell beside it waits for the end of its standard input.
/// </summary>
internal sealed class PostgresServer : IDisposable
{
    public const string Superuser = "tests";
    private const int StopMaxMs = 30_000;

    private const string Script = """
        set -eu
        folder="$(mktemp -d "${TMPDIR:-/tmp}/actors-postgres.XXXXXX")"
        trap 'rm -rf -- "$folder"' EXIT
        cd "$folder"
        make_new() {
            printf '%s' "$PGPASSWORD" > password
            "$BIN/initdb" -D data -U tests -A scram-sha-256 --pwfile=password --no-locale -E UTF8 --no-sync > /dev/null
            rm password
        }
        copy_of() {
            "$BIN/pg_basebackup" -h 127.0.0.1 -p "$1" -U tests -D data -R -X stream --checkpoint=fast --no-sync > /dev/null
        }
        $PREPARE
        cat >> data/postgresql.conf << SETTINGS
        listen_addresses = '127.0.0.1'
        port = $PORT
        unix_socket_directories = ''
        max_connections = 200
        max_wal_size = 256MB
        $SETTINGS
        SETTINGS
        "$BIN/pg_ctl" -D data -l log -w -t 60 start > /dev/null
        echo "$folder"
        cat > /dev/null || true
        "$BIN/pg_ctl" -D data -m immediate -w -t 20 stop > /dev/null 2>&1 || true
        """;

    private readonly Process _shell;
    private readonly string _folder;
    private readonly string _password;

    private PostgresServer(Process shell, string folder, int port, string password)
    {
        _shell = shell;
        _folder = folder;
        Port = port;
        _password = password;
    }

    public int Port { get; }

    /// <summary>As the superuser, who makes databases and roles for the tests.</summary>
    public string ConnectionString => Address(Port, _password);

    public string DataFolder => Path.Combine(_folder, "data");

    /// <summary>A new, empty server; <paramref name="settings"/> are lines of postgresql.conf.</summary>
    public static PostgresServer StartNew(string settings = "") =>
        Start("make_new", settings, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));

    /// <summary>A copy of this one that streams what it writes.</summary>
    public PostgresServer StartStandby(string settings = "") => Start($"copy_of {Port}", settings, _password);

    /// <summary>Kills the server as a power cut would the process, and starts it again.</summary>
    public void Restart()
    {
        Control("stop", "-m", "immediate");
        Control("start", "-l", Path.Combine(_folder, "log"));
    }

    /// <summary>Ends the server at once, for good.</summary>
    public void Stop() => Control("stop", "-m", "immediate");

    /// <summary>Makes a standby the primary.</summary>
    public void Promote() => Control("promote");

    /// <summary>Runs a statement as the superuser.</summary>
    public void Execute(string sql, string database = "postgres")
    {
        using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ConnectionString) { Database = database, Pooling = false }.ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _shell.StandardInput.Close();
        if (!_shell.WaitForExit(StopMaxMs))
            _shell.Kill(entireProcessTree: true);
        _shell.Dispose();
    }

    private static PostgresServer Start(string prepare, string settings, string password)
    {
        var port = FreePort();
        var start = ServerUser.Start("bash", "-c", Script.Replace("$PREPARE", prepare, StringComparison.Ordinal));
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        start.Environment["BIN"] = PostgresPrograms.Folder;
        start.Environment["PORT"] = $"{port}";
        start.Environment["PGPASSWORD"] = password;
        start.Environment["SETTINGS"] = settings;
        var shell = Process.Start(start)!;
        if (shell.StandardOutput.ReadLine() is { } folder)
            return new PostgresServer(shell, folder, port, password);
        throw new InvalidOperationException($"Expected a PostgreSQL server to start, found: {shell.StandardError.ReadToEnd()}");
    }

    private void Control(params string[] arguments)
    {
        var start = ServerUser.Start(Path.Combine(PostgresPrograms.Folder, "pg_ctl"), ["-D", DataFolder, "-w", "-s", .. arguments]);
        start.RedirectStandardError = true;
        using var control = Process.Start(start)!;
        var errors = control.StandardError.ReadToEnd();
        control.WaitForExit();
        if (control.ExitCode != 0)
            throw new InvalidOperationException($"Expected pg_ctl {string.Join(' ', arguments)} to succeed, found: {errors}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Address(int port, string password) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = Superuser,
        Password = password,
        Database = "postgres",
    }.ConnectionString;
}
