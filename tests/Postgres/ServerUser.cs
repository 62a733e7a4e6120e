using System.Diagnostics;

namespace Actors.Tests.Postgres;

/// <summary>Runs programs as somebody other than root, as which PostgreSQL refuses to run.</summary>
internal static class ServerUser
{
    private const string Privileged = "root";
    private static readonly string[] Candidates = ["postgres", "nobody"];

    public static ProcessStartInfo Start(string program, params string[] arguments)
    {
        string[] command = Environment.UserName == Privileged ? [.. AsSomebody(), program, .. arguments] : [program, .. arguments];
        return new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, WorkingDirectory = Path.GetTempPath() };
    }

    private static string[] AsSomebody()
    {
        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).ToLookup(fields => fields[0], fields => (User: fields[2], Group: fields[3]));
        var (user, group) = Candidates.SelectMany(name => users[name]).First();
        return ["setpriv", $"--reuid={user}", $"--regid={group}", "--clear-groups", "--"];
    }
}
