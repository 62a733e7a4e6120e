using Actors.Engine;

namespace Actors.Gateway.Hosting;

/// <summary>
/// Holds the node from its opening to its end. The gateway listens while the node is opened, so that whoever asks is told "starting" and not
/// refused a connection; and it is closed only after the last request is answered.
/// </summary>
internal sealed class NodeHost(NodeOpener open, IHostApplicationLifetime lifetime, Banner banner, ILogger<NodeHost> logger) : IHostedService
{
    private readonly CancellationTokenSource _stop = new();
    private Task _opening = Task.CompletedTask;
    private ILedgerNode? _node;

    /// <summary>Why the node could not be opened; then the process ends.</summary>
    public Exception? Failure { get; private set; }

    public bool IsOpen => Volatile.Read(ref _node) is not null;

    public bool IsStopping => lifetime.ApplicationStopping.IsCancellationRequested;

    /// <exception cref="NotReadyException">It is not open yet.</exception>
    public ILedgerNode Node => Volatile.Read(ref _node) ?? throw new NotReadyException("the node is opening its data folder");

    /// <exception cref="NotReadyException">It is not open yet, or stopping.</exception>
    public ILedgerNode NodeForIntake => IsStopping ? throw new NotReadyException("the node is stopping; send the same bytes again elsewhere or later") : Node;

    public Task StartAsync(CancellationToken cancellation)
    {
        // Not awaited: the server starts beside it.
        _opening = Task.Run(OpenAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>The host stops the server first, which drains it.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await _stop.CancelAsync();
        await _opening;
        if (_node is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }

        logger.Closed();
    }

    private async Task OpenAsync()
    {
        try
        {
            var node = await open(_stop.Token);
            Volatile.Write(ref _node, node);
            logger.Opened();
            lifetime.ApplicationStarted.Register(banner.Show);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // Whatever it was, it is told to whoever started the process, which then ends.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Failure = failure;
            lifetime.StopApplication();
        }
    }
}

internal static partial class NodeHostLog
{
    [LoggerMessage(10, LogLevel.Debug, "The node is open")]
    public static partial void Opened(this ILogger logger);

    [LoggerMessage(11, LogLevel.Information, "The node is closed")]
    public static partial void Closed(this ILogger logger);
}
