using Actors.ProcessTests.Load;
using Actors.ProcessTests.Oracle;
using Actors.ProcessTests.Programs;

namespace Actors.ProcessTests;

/// <summary>
/// One data folder whose node is put under load, killed, started again and checked, round after round. What is random comes from one
/// seed; how threads and processes interleave does not.
/// </summary>
internal sealed class KillRounds(string[] settings) : IDisposable
{
    private static readonly TimeSpan LoadEndMax = TimeSpan.FromSeconds(60);
    private readonly DataFolder _folder = new();
    private readonly Random _random = new(TestSettings.Seed);
    private GatewayProcess? _gateway;
    private Book? _book;

    public DataFolder Folder => _folder;

    public Random Random => _random;

    public Book Book => _book!;

    public GatewayProcess Gateway => _gateway!;

    public async Task OpenAsync(string chain, int payers, int accountsEach)
    {
        await StartAsync();
        _book = await Book.OpenAsync(Gateway.Client, chain, payers, accountsEach);
    }

    /// <summary>
    /// One round: <paramref name="moment"/> returns when the node is to be killed, <paramref name="afterKill"/> looks at what it left.
    /// </summary>
    public async Task RunAsync(Func<Clients, Task> load, Func<Task> moment, Action? afterKill = null)
    {
        using var stop = new CancellationTokenSource();
        var running = load(new Clients(Gateway, stop.Token));
        await Task.WhenAny(moment(), running);
        Gateway.Kill();
        await stop.CancelAsync();
        await running.WaitAsync(LoadEndMax);
        afterKill?.Invoke();

        if (_random.Next(4) == 0)
        {
            await KillEarlyAsync();
        }

        await StartAsync();
        await ChainCheck.AfterRestartAsync(Gateway, Book, _random);
    }

    public async Task StartAsync()
    {
        _gateway?.Dispose();
        _gateway = null;
        _gateway = await GatewayProcess.StartAsync(_folder.Path, settings);
    }

    public Task PauseAsync(int atLeastMs, int atMostMs) => Task.Delay(_random.Next(atLeastMs, atMostMs));

    public void Dispose()
    {
        _gateway?.Dispose();
        _book?.Dispose();
        _folder.Dispose();
    }

    /// <summary>Started again and killed at once: while it starts, or while it recovers the chain because somebody asked for it.</summary>
    private async Task KillEarlyAsync()
    {
        await StartAsync();
        var asking = Gateway.Client.GetChainAsync(Book.Chain, default);
        await Task.WhenAny(asking, PauseAsync(0, 60));
        Gateway.Kill();
        await asking.WaitAsync(LoadEndMax).ContinueWith(static asked => _ = asked.Exception, TaskScheduler.Default);
    }
}
