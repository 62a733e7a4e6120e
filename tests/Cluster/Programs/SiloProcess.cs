using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Actors.Cli.Client;
using Actors.ProcessTests.Programs;

namespace Actors.ClusterTests.Programs;

/// <summary>One process of a cluster on loopback. It does not outlive its disposal.</summary>
internal sealed partial class SiloProcess : IDisposable
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
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SiloProcess(string name, string dataFolder, string[] arguments)
    {
        Name = name;
        _dataFolder = dataFolder;
        var start = new ProcessStartInfo("dotnet", [Program, "--data", dataFolder, "--listen", "http://127.0.0.1:0", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new IOException("the silo ended before it listened"));
        _ = _listening.Task.Exception;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>As it calls itself in the cluster.</summary>
    public string Name { get; }

    public Uri Address => _listening.Task.Result;

    /// <summary>What it printed so far.</summary>
    public string Said => string.Join('\n', _said);

    public bool HasExited => _process.HasExited;

    public HttpClient Http { get; private set; } = null!;

    private static string Program { get; } = BuiltPrograms.Gateway.Replace("Gateway", "Silo", StringComparison.Ordinal);

    /// <summary>Starts a process without waiting for anything.</summary>
    public static SiloProcess Launch(string name, string dataFolder, params string[] arguments) => new(name, dataFolder, arguments);

    /// <summary>Waits until it listens for HTTP; where it is both silo and gateway, it is in the cluster then.</summary>
    public async Task<SiloProcess> ListensAsync()
    {
        try
        {
            await _listening.Task.WaitAsync(StartMax);
        }
        catch (Exception fault)
        {
            Dispose();
            throw new IOException($"{Name} did not start: {fault.Message}\n{Said}", fault);
        }

        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address, Timeout = AnswerMax };
        return this;
    }

    /// <summary>Sends the same bytes again, for so long, while the failure is a passing one.</summary>
    public NodeClient Client(TimeSpan patience) => new(Http, File.ReadAllText(Path.Combine(_dataFolder, "admin-token")).Trim(), null, new RetryPolicy(patience) { AwaitsFirstContact = true });

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
        Http?.Dispose();
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
        if (Listens().Match(line) is { Success: true } listens)
        {
            _listening.TrySetResult(new Uri(listens.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"(?:listening\s+|Now listening on: )(http\S+)")]
    private static partial Regex Listens();

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);
}
