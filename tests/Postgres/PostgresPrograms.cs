namespace Actors.Tests.Postgres;

/// <summary>Where the server's programs are installed. Debian keeps them off the PATH, in a folder a version.</summary>
internal static class PostgresPrograms
{
    private const string DebianFolder = "/usr/lib/postgresql";

    private static readonly Lazy<string> Found = new(Find);

    public static string Folder => Found.Value;

    private static string Find()
    {
        var debian = Directory.Exists(DebianFolder)
            ? Directory.EnumerateDirectories(DebianFolder).OrderByDescending(VersionOf).Select(folder => Path.Combine(folder, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return debian.Concat(path).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")))
            ?? throw new InvalidOperationException(
                "Expected PostgreSQL's server programs (initdb, postgres, pg_ctl), found none: install them (on Debian: apt-get install postgresql), "
                + "or run ./test.sh as root, which does.");
    }

    private static int VersionOf(string folder) => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0;
}
