using Actors.Gateway.Settings;
using Microsoft.Extensions.Options;

namespace Actors.Gateway.Hosting;

/// <summary>
/// The first step of a stop. A server that closes its port at once can tell nobody that it is going: a probe sees a refused
/// connection, and requests that were already routed here fail. So for a while it still answers, and says that it is not ready.
/// </summary>
internal sealed class StopNotice(IHostApplicationLifetime lifetime, IOptions<GatewayOptions> options) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>Runs before any service is stopped, the server included.</summary>
    public async Task StoppingAsync(CancellationToken cancellation)
    {
        lifetime.StopApplication();
        await Task.Delay(options.Value.Http.StopNoticeMs, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StopAsync(CancellationToken cancellation) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellation) => Task.CompletedTask;
}
