using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Actors.Cli.Client;
using Actors.ProcessTests.Programs;

namespace Actors.ClusterTests.Programs;

/// <summary>One process of a cluster on loopback. It does not outlive its disposal.</summary>
internal sealed class SiloProcess : IDisposable
{
    private const int TerminateSignal = 15;
    private const int ContinueSignal = 18;
    private const int StopSignal = 19;
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan DeathMax = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(40);
    private readonly Process _process;
    private readonly string _dataFolder;
    private readonly ConcurrentQueue<string> _said = new();

    private SiloProcess(string name, string dataFolder, string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        Name = name;
        _dataFolder = dataFolder;
        Address = new Uri($"http://127.0.0.1:{TestCluster.FreePort()}");
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address, Timeout = AnswerMax };
        var start = new ProcessStartInfo("dotnet", [Program, "--data", dataFolder, "--listen", Address.ToString(), $"--Actors:Cluster:HealthListen={Address}", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>As it calls itself in the cluster.</summary>
    public string Name { get; }

    public Uri Address { get; }

    /// <summary>What it printed so far.</summary>
    public string Said => string.Join('\n', _said);

    public bool HasExited => _process.HasExited;

    public HttpClient Http { get; }

    /// <summary>It answered HTTP once.</summary>
    public bool IsListening { get; private set; }

    private static string Program { get; } = BuiltPrograms.Gateway.Replace("Gateway", "Silo", StringComparison.Ordinal);

    /// <summary>Starts a process without waiting for anything.</summary>
    public static SiloProcess Launch(string name, string dataFolder, string[] arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        new(name, dataFolder, arguments, environment ?? new Dictionary<string, string>());

    /// <summary>Waits until it answers HTTP; where it is both silo and gateway, it is in the cluster then.</summary>
    public async Task<SiloProcess> ListensAsync()
    {
        for (var watch = Stopwatch.StartNew(); !IsListening; await Task.Delay(50))
        {
            if (_process.HasExited || watch.Elapsed > StartMax)
            {
                Dispose();
                throw new IOException($"{Name} did not start\n{Said}");
            }

            try
            {
                using var live = await Http.GetAsync("health/live");
                IsListening = live.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
        }

        return this;
    }

    /// <summary>Waits until it says that it is ready.</summary>
    /// <exception cref="TimeoutException">It did not within <paramref name="max"/>.</exception>
    public async Task<SiloProcess> IsReadyAsync(TimeSpan? max = null)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < (max ?? StartMax); await Task.Delay(100))
        {
            using var ready = await Http.GetAsync("health/ready");
            if (ready.IsSuccessStatusCode)
            {
                return this;
            }
        }

        throw new TimeoutException($"{Name} did not become ready\n{Said}");
    }

    public string TokenFile => Path.Combine(_dataFolder, "admin-token");

    /// <summary>Sends the same bytes again, for so long, while the failure is a passing one.</summary>
    public NodeClient Client(TimeSpan patience) => new(Http, File.ReadAllText(TokenFile).Trim(), null, new RetryPolicy(patience) { AwaitsFirstContact = true });

    /// <summary>Whether the last thing it said of the chain is that it runs it.</summary>
    public bool Serves(string chain) => !HasExited && _said.LastOrDefault(line => line.Contains($"Chain {chain} is ", StringComparison.Ordinal)) is { } last
        && last.EndsWith("is served here", StringComparison.Ordinal);

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        Assert.True(_process.WaitForExit(DeathMax), "expected a killed process to be gone");
    }

    /// <summary>SIGSTOP: the process is there, holds its connections, and does nothing.</summary>
    public void Pause() => Assert.Equal(0, Signal(_process.Id, StopSignal));

    /// <summary>SIGCONT.</summary>
    public void Wake() => Assert.Equal(0, Signal(_process.Id, ContinueSignal));

    /// <summary>SIGTERM.</summary>
    public void Terminate() => Assert.Equal(0, Signal(_process.Id, TerminateSignal));

    public async Task<int> WaitForExitAsync(TimeSpan max)
    {
        await _process.WaitForExitAsync().WaitAsync(max);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit(DeathMax);
        }
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        _said.Enqueue(line);
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);
}
