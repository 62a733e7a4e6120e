using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Actors.ProcessTests.Readme;

/// <summary>
/// One bash that runs a session with the programs of this build, in a folder and on ports of its own. What it prints reads as
/// if it had been in the folder and on the ports that the page names.
/// </summary>
internal sealed class SessionShell : IDisposable
{
    public const string FolderInReadme = "/tmp/ledger";
    public const string AddressInReadme = "http://localhost:5080";
    public const string SecondInReadme = "http://localhost:5081";
    private const string Separator = "\u001e";
    private static readonly TimeSpan SessionMax = TimeSpan.FromMinutes(5);
    private readonly string _root;
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-readme-").FullName;

    public SessionShell(string root) => _root = root;

    /// <summary>The lines that each command printed.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> RunAsync(IEnumerable<string> commands)
    {
        var address = $"http://localhost:{FreePort()}";
        var second = $"http://localhost:{FreePort()}";
        var script = "exec 2>&1\n" + string.Concat(commands.Select(command => $"printf '{Separator}'\n{command.Replace(AddressInReadme, address).Replace(SecondInReadme, second)}\n"));
        var start = new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = _folder, RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{BinariesOf("Gateway")}:{BinariesOf("Cli")}:{start.Environment["PATH"]}";
        start.Environment["ACTORS_NODE"] = address;
        start.Environment["Actors__Listen"] = address;
        using var bash = Process.Start(start)!;
        using var patience = new CancellationTokenSource(SessionMax);
        try
        {
            var printed = await bash.StandardOutput.ReadToEndAsync(patience.Token);
            return [.. printed.Replace(_folder, FolderInReadme).Replace(address, AddressInReadme).Replace(second, SecondInReadme).Split(Separator).Skip(1).Select(Lines)];
        }
        finally
        {
            bash.Kill(entireProcessTree: true);
            KillNodes();
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The session stops its programs itself, unless it came to grief before.</summary>
    private void KillNodes()
    {
        foreach (var file in Directory.GetFiles(_folder, "*.pid"))
        {
            Kill(int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture));
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var program = Process.GetProcessById(id);
            if (program.ProcessName.StartsWith("Actors.Gateway", StringComparison.Ordinal) && !program.WaitForExit(TimeSpan.FromSeconds(30)))
            {
                program.Kill();
            }
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
        }
    }

    private static IReadOnlyList<string> Lines(string printed) =>
        [.. printed.TrimEnd('\n').Split('\n').Select(line => line.TrimEnd()).Where(line => !VaryingParts.IsProgress(line)).SkipWhile(line => line.Length == 0)];

    private string BinariesOf(string project)
    {
        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
        return Path.Combine(_root, "src", project, "bin", configuration, "net10.0");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
