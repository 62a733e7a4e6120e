using Actors.Engine.Faults;

namespace Actors.Cli.Relays;

/// <summary>All the channels between two nodes, carried once or until it is stopped.</summary>
internal sealed class NodeRelay(RelayDiscovery discovery, RelayTelling telling)
{
    private const int LinksAtOnceMax = 16;

    /// <summary>As long as nothing is joined, somebody may be waiting for an opening.</summary>
    private static readonly TimeSpan FirstLookEvery = TimeSpan.FromSeconds(1);
    private readonly List<ChannelLink> _links = [];

    /// <summary>How often new channels are looked for, once there is one.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often it is told how much was carried; infinite: never.</summary>
    public TimeSpan TellEvery { get; init; } = TimeSpan.FromSeconds(10);

    public IReadOnlyList<ChannelLink> Links => _links;

    public IEnumerable<RelayDirection> Directions => _links.SelectMany(link => link.Directions);

    /// <summary>Carries all there is. False when one of the ledgers refuses what the other has.</summary>
    /// <exception cref="EngineFaultException">A node did not answer for so long.</exception>
    public async Task<bool> CarryOnceAsync(TimeSpan patience, CancellationToken cancellation)
    {
        await LookPatientlyAsync(patience, cancellation);
        if (_links.Count == 0)
        {
            throw new CannotRunException("no channel joins a chain of the one node to a chain of the other; each side's operator opens it first");
        }

        var refused = 0;
        await Parallel.ForEachAsync(_links, new ParallelOptions { MaxDegreeOfParallelism = LinksAtOnceMax, CancellationToken = cancellation }, async (link, stop) =>
        {
            if (!await link.CarryAllAsync(telling, patience, stop))
            {
                Interlocked.Increment(ref refused);
            }
        });
        return refused == 0;
    }

    /// <summary>Carries until it is cancelled, which is a fine end. Channels that are opened meanwhile are joined within half a minute.</summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var following = new List<Task>();
        try
        {
            for (var (lookAt, tellAt) = (0L, At(TellEvery)); !cancellation.IsCancellationRequested;)
            {
                if (Environment.TickCount64 >= lookAt)
                {
                    following.AddRange((await LookAsync(cancellation)).Select(link => link.FollowAsync(telling, ending.Token)));
                    lookAt = At(_links.Count == 0 ? FirstLookEvery : LookEvery);
                }

                // One that ended was refused for good by a node, and says so.
                var pause = Math.Max(1, Math.Min(lookAt, tellAt) - Environment.TickCount64);
                if (await Task.WhenAny([.. following, Task.Delay(TimeSpan.FromMilliseconds(pause), cancellation)]) is { IsFaulted: true } failed)
                {
                    await failed;
                }

                if (Environment.TickCount64 >= tellAt)
                {
                    telling.Progress(Directions);
                    tellAt = At(TellEvery);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(following).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static long At(TimeSpan from) => from == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)from.TotalMilliseconds;

    private async Task<IReadOnlyList<ChannelLink>> LookAsync(CancellationToken cancellation)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                return Join(await discovery.LookAsync(cancellation));
            }
            catch (EngineFaultException fault) when (_links.Count == 0)
            {
                telling.Failed(fault);
                await Task.Delay(RelayPauses.After(failures, fault.RetryAfter), cancellation);
            }
            catch (EngineFaultException)
            {
                // Those that are joined tell of it; new ones are looked for the next time.
                return [];
            }
        }
    }

    private async Task LookPatientlyAsync(TimeSpan patience, CancellationToken cancellation)
    {
        var start = Environment.TickCount64;
        for (var failures = 0; ; failures++)
        {
            try
            {
                Join(await discovery.LookAsync(cancellation));
                return;
            }
            catch (EngineFaultException fault) when (Environment.TickCount64 - start < patience.TotalMilliseconds)
            {
                telling.Failed(fault);
                await Task.Delay(RelayPauses.After(failures, fault.RetryAfter), cancellation);
            }
        }
    }

    private IReadOnlyList<ChannelLink> Join(IReadOnlyList<ChannelLink> found)
    {
        _links.AddRange(found);
        foreach (var link in found)
        {
            telling.Joined(link);
        }

        return found;
    }
}
