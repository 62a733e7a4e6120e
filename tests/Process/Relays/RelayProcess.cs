using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Actors.ProcessTests.Programs;

namespace Actors.ProcessTests.Relays;

/// <summary><c>actors relay</c> that goes on until it is killed or interrupted. It does not outlive its disposal.</summary>
internal sealed class RelayProcess : IDisposable
{
    // SIGTERM. Ctrl-C does the same, but a process that was started where SIGINT is ignored, as by a script in the background, does not see it.
    private const int InterruptSignal = 15;
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(30);
    private const int LooksMax = 3_000;
    private readonly ConcurrentQueue<string> _said = new();
    private readonly Process _process;

    public RelayProcess(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [BuiltPrograms.Actors, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Said => string.Join('\n', _said);

    /// <summary>Waits until a line holds this.</summary>
    public Task SaysAsync(string part) => SaysAsync(part, 1);

    /// <summary>Waits until so many lines hold this.</summary>
    public async Task SaysAsync(string part, int times)
    {
        for (var looks = 0; _said.Count(line => line.Contains(part, StringComparison.Ordinal)) < times; looks++)
        {
            Assert.True(looks < LooksMax && !_process.HasExited, $"expected '{part}', the relay said:\n{Said}");
            await Task.Delay(20);
        }
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill();
        Assert.True(_process.WaitForExit(StopMax), "expected a killed process to be gone");
    }

    /// <summary>Asks it to stop, as Ctrl-C does; gives the exit code.</summary>
    public async Task<int> InterruptAsync()
    {
        Assert.Equal(0, Signal(_process.Id, InterruptSignal));
        await _process.WaitForExitAsync().WaitAsync(StopMax);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit(StopMax);
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is not null)
        {
            _said.Enqueue(line);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);
}
