using System.Collections.Concurrent;
using Actors.Engine;
using Actors.Engine.Faults;
using Actors.Engine.Relays;
using Actors.Grains.Calls;
using Actors.Ledger;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Channels;

/// <summary>
/// Wakes the relays of the channels of one chain that is open here: at most one call a channel, however many blocks move it, and none while nothing does. The call
/// lasts as long as there is something to carry, so that the loss of the silo that carries is heard of, and the relay woken again elsewhere.
/// </summary>
internal sealed class ChannelWaker(IGrainFactory grains, string chain, ILogger logger, CancellationToken leaving) : IChannelListener
{
    /// <summary>Then the chain's calendar (<see cref="IHostedChain.WakeAsync"/>) and its next commit are left to try again.</summary>
    private const int FailuresMax = 8;
    private static readonly TimeSpan RetryAfterMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryAfterMax = TimeSpan.FromSeconds(15);

    /// <summary>A channel to a chain of another deployment is somebody else's to relay: so long its commits wake nobody.</summary>
    private const long NotHereForMs = 60_000;
    private readonly ConcurrentDictionary<uint, Channel> _channels = [];
    private readonly TaskCompletionSource<IHostedChain> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The chain that this is about can be asked from now on.</summary>
    public void Opened(IHostedChain opened) => _opened.TrySetResult(opened);

    public void Moved(uint channel) => Wake(channel, RelayWake.Moved);

    public void TimedOut(uint channel) => Wake(channel, RelayWake.TimedOut);

    public void Unsettled(uint channel) => Wake(channel, RelayWake.Unsettled);

    private void Wake(uint number, RelayWake wake)
    {
        var channel = _channels.GetOrAdd(number, _ => new Channel());
        if (channel.Add(wake))
        {
            _ = Task.Run(() => RunAsync(number, channel), CancellationToken.None);
        }
    }

    private async Task RunAsync(uint number, Channel channel)
    {
        try
        {
            var open = await _opened.Task.WaitAsync(leaving).ConfigureAwait(false);
            for (var failures = 0; !leaving.IsCancellationRequested && channel.TryTake(out var wake);)
            {
                failures = await TryAsync(open, number, channel, wake).ConfigureAwait(false) ? 0 : failures + 1;
                if (failures is > 0 and <= FailuresMax)
                {
                    channel.Again(RelayWake.Unsettled);
                    var pause = RetryAfterMin * (1 << Math.Min(failures - 1, 10));
                    await Task.Delay(pause < RetryAfterMax ? pause : RetryAfterMax, leaving).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The chain is served here no more; whoever opens it next wakes what is unsettled.
        }
    }

    /// <summary>False when it could not be carried now.</summary>
    private async Task<bool> TryAsync(IHostedChain open, uint number, Channel channel, RelayWake wake)
    {
        if (channel.IsElsewhereUntil > Environment.TickCount64)
        {
            return true;
        }

        try
        {
            if (await open.GetRelayPositionAsync(number, leaving).ConfigureAwait(false) is not { PeerChannel: not 0 } position
                || !ChainId.TryParse(position.PeerName, out var peer))
            {
                return true;
            }

            var key = ChannelKey.Of(new ChannelKey.End(open.Genesis.ChainId, number), new ChannelKey.End(peer, position.PeerChannel));
            var progress = await grains.GetGrain<IChannelGrain>(key.ToString()).WakeAsync(chain, wake).WaitAsync(leaving).ConfigureAwait(false);
            if (progress == RelayProgress.Carrying)
            {
                channel.Again(RelayWake.Unsettled);
            }
            else if (progress == RelayProgress.NotHere)
            {
                channel.IsElsewhereUntil = Environment.TickCount64 + NotHereForMs;
            }

            return progress != RelayProgress.GivenUp;
        }
        catch (ChainStoppedException)
        {
            return true;
        }
        catch (Exception fault) when (!leaving.IsCancellationRequested && (fault is EngineFaultException || CallFaults.OfRead(fault) is not null))
        {
            logger.NotWoken(fault, chain, number);
            return false;
        }
    }

    /// <summary>What a channel is still to be woken for, and whether somebody is at it.</summary>
    private sealed class Channel
    {
        private readonly Lock _lock = new();
        private RelayWake _pending;
        private bool _isRunning;

        public long IsElsewhereUntil { get; set; }

        /// <summary>True when nobody is at it: then the caller is.</summary>
        public bool Add(RelayWake wake)
        {
            lock (_lock)
            {
                _pending |= wake;
                var isFirst = !_isRunning;
                _isRunning = true;
                return isFirst;
            }
        }

        public void Again(RelayWake wake)
        {
            lock (_lock)
            {
                _pending |= wake;
            }
        }

        /// <summary>False when there is nothing: then nobody is at it any more.</summary>
        public bool TryTake(out RelayWake wake)
        {
            lock (_lock)
            {
                (wake, _pending) = (_pending, RelayWake.None);
                return _isRunning = wake != RelayWake.None;
            }
        }
    }
}
