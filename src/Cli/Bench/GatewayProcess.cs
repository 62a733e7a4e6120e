using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Actors.Cli.Bench;

/// <summary>
/// A gateway that the run starts for itself, on a free port of the loopback, over a data folder; told to stop, as an operator
/// would, when it is disposed.
/// </summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    public const string PathVariable = "ACTORS_GATEWAY";
    private const string FileName = "Actors.Gateway.dll";
    private const int TerminateSignal = 15;
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly string _dataFolder;

    private GatewayProcess(Process process, Uri address, string dataFolder)
    {
        _process = process;
        Address = address;
        _dataFolder = dataFolder;
    }

    public Uri Address { get; }

    public int ProcessId => _process.Id;

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long PeakMemoryBytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    public string AdminToken => File.ReadAllText(Path.Combine(_dataFolder, "admin-token")).Trim();

    public static Task<GatewayProcess> StartAsync(string dataFolder, CancellationToken cancellation) => StartAsync(dataFolder, null, cancellation);

    public static async Task<GatewayProcess> StartAsync(string dataFolder, string? store, CancellationToken cancellation)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Locate(), $"--Actors:DataFolder={dataFolder}", $"--Actors:Listen={address}"])
        {
            start.ArgumentList.Add(argument);
        }

        if (store is not null)
        {
            // Not on the command line, where others could read a password.
            start.Environment["Actors__Store"] = store;
        }

        var process = Process.Start(start) ?? throw new CannotRunException("the gateway did not start");
        var said = new Queue<string>();
        process.OutputDataReceived += (_, line) => Keep(said, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(said, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var gateway = new GatewayProcess(process, address, dataFolder);
        await gateway.WaitUntilReadyAsync(said, cancellation);
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Terminate();
            using var patience = new CancellationTokenSource(StopMax);
            await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    /// <summary>Beside this program, or where the repository builds it in the same configuration.</summary>
    private static string Locate()
    {
        if (CommonOptions.Variable(PathVariable) is { } given)
        {
            return given;
        }

        var here = AppContext.BaseDirectory;
        var output = Path.Combine("Gateway", "bin", here.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}") ? "Release" : "Debug", "net10.0", FileName);
        var candidates = new List<string> { Path.Combine(here, FileName) };
        for (var folder = new DirectoryInfo(here); folder is not null; folder = folder.Parent)
        {
            candidates.Add(Path.Combine(folder.FullName, output));
            candidates.Add(Path.Combine(folder.FullName, "src", output));
        }

        return candidates.Find(File.Exists)
            ?? throw new CannotRunException($"there is no {FileName} beside this program or in the repository's build output: build src/Gateway, set {PathVariable} to it, or give --node");
    }

    private async Task WaitUntilReadyAsync(Queue<string> said, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = Address };
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < StartMax && !_process.HasExited; await Task.Delay(50, cancellation))
        {
            if (await IsReadyAsync(http, cancellation))
            {
                return;
            }
        }

        await DisposeAsync();
        lock (said)
        {
            throw new CannotRunException("the gateway did not become ready: " + string.Join(" | ", said));
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, CancellationToken cancellation)
    {
        try
        {
            using var response = await http.GetAsync("health/ready", cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static void Keep(Queue<string> said, string? line)
    {
        const int LinesMax = 20;
        lock (said)
        {
            if (line is not null)
            {
                said.Enqueue(line);
            }

            if (said.Count > LinesMax)
            {
                said.Dequeue();
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Terminate()
    {
        if (OperatingSystem.IsWindows())
        {
            _process.Kill();
        }
        else
        {
            _ = Kill(_process.Id, TerminateSignal);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
