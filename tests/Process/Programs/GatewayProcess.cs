using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Actors.Cli.Client;

namespace Actors.ProcessTests.Programs;

/// <summary>A gateway over a data folder, in a process and on a port of its own. It does not outlive its disposal.</summary>
internal sealed partial class GatewayProcess : IDisposable
{
    private const int TerminateSignal = 15;
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DeathMax = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(30);
    private readonly Process _process;
    private readonly string _dataFolder;
    private readonly ConcurrentQueue<string> _said = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HttpClient? _http;

    private GatewayProcess(string dataFolder, string[] settings)
    {
        _dataFolder = dataFolder;
        var start = new ProcessStartInfo("dotnet", [BuiltPrograms.Gateway, "--data", dataFolder, "--listen", "http://127.0.0.1:0", .. settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new IOException("the gateway ended before it listened"));
        _ = _listening.Task.Exception;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address => _listening.Task.Result;

    /// <summary>Answers as the node does: nothing is tried twice.</summary>
    public NodeClient Client { get; private set; } = null!;

    public string Said => string.Join('\n', _said);

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a gateway without waiting for anything.</summary>
    public static GatewayProcess Launch(string dataFolder, params string[] settings) => new(dataFolder, settings);

    /// <summary>Starts a gateway that answers when this returns.</summary>
    public static async Task<GatewayProcess> StartAsync(string dataFolder, params string[] settings)
    {
        var gateway = Launch(dataFolder, settings);
        try
        {
            await gateway._listening.Task.WaitAsync(StartMax);
        }
        catch (Exception fault)
        {
            gateway.Dispose();
            throw new IOException($"the gateway did not start: {fault.Message}\n{gateway.Said}", fault);
        }

        gateway.Connect();
        return gateway;
    }

    /// <summary>SIGKILL: the process gets no chance to do anything. It is gone when this returns.</summary>
    public void Kill()
    {
        _process.Kill();
        Assert.True(_process.WaitForExit(DeathMax), "expected a killed process to be gone");
    }

    /// <summary>SIGTERM.</summary>
    public void Terminate() => Assert.Equal(0, Signal(_process.Id, TerminateSignal));

    /// <summary>Waits for the process to end by itself and gives its exit code.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan max)
    {
        await _process.WaitForExitAsync().WaitAsync(max);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        _http?.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit(DeathMax);
        }

        _process.Dispose();
    }

    private void Connect()
    {
        // A connection that is being made when the node is killed is refused at once, so no pooled one needs to be kept for long.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address, Timeout = AnswerMax };
        var token = File.ReadAllText(Path.Combine(_dataFolder, "admin-token")).Trim();
        Client = new NodeClient(_http, token, null, new RetryPolicy(TimeSpan.Zero));
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

    [GeneratedRegex(@"listening\s+(http\S+)")]
    private static partial Regex Listens();

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);
}
