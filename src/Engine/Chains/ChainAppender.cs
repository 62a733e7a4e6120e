using System.Diagnostics;
using Actors.Engine.Stores;
using Actors.Engine.Telemetry;
using Actors.Ledger.Hashing;

namespace Actors.Engine.Chains;

internal enum AppendKind
{
    /// <summary>The block is in the store and durable.</summary>
    Appended,

    /// <summary>It is certainly not; trying again later may work.</summary>
    NotAppended,

    /// <summary>Another writer has the chain, or the store cannot tell: this writer must stop.</summary>
    Lost,
}

internal readonly record struct AppendVerdict(AppendKind Kind, StoreException? Fault);

/// <summary>
/// Appends blocks and finds out what became of each: when the store cannot say, it takes a new epoch, reads the head and goes by
/// what it finds. It holds the writer's epoch for the other writes too.
/// </summary>
internal sealed class ChainAppender(IChainStore store, ulong epoch)
{
    private readonly Lock _lock = new();
    private ulong _epoch = epoch;
    private bool _inDoubt;

    public ulong Epoch => Volatile.Read(ref _epoch);

    /// <summary>Another write than an append may or may not have happened: before the next write a new epoch is taken.</summary>
    public void Doubt()
    {
        lock (_lock)
        {
            _inDoubt = true;
        }
    }

    /// <summary>The epoch for a write that begins now; a new one if there is doubt about an earlier write.</summary>
    /// <exception cref="StoreException">It could not be taken.</exception>
    public ulong EpochForWriting()
    {
        lock (_lock)
        {
            if (_inDoubt)
            {
                Volatile.Write(ref _epoch, store.TakeEpoch().Epoch);
                _inDoubt = false;
            }

            return _epoch;
        }
    }

    /// <summary>Between appends. See <see cref="IDueChainStore.WriteDue"/>.</summary>
    public bool WriteDue(ulong height, DueNote due)
    {
        lock (_lock)
        {
            return ((IDueChainStore)store).WriteDue(EpochForWriting(), height, due);
        }
    }

    public Task<AppendVerdict> AppendAsync(BlockAppend block) => Task.Run(() => AppendMeasured(block));

    public AppendVerdict Append(BlockAppend block)
    {
        lock (_lock)
        {
            return AppendAlone(block);
        }
    }

    private AppendVerdict AppendAlone(BlockAppend block)
    {
        try
        {
            store.Append(EpochForWriting(), block);
            return new AppendVerdict(AppendKind.Appended, null);
        }
        catch (OutcomeUnknownException unknown)
        {
            return Resolve(block, unknown);
        }
        catch (StoreException fault) when (fault is StoreFullException or StoreUnavailableException)
        {
            return new AppendVerdict(AppendKind.NotAppended, fault);
        }
        catch (StoreException fault)
        {
            return new AppendVerdict(AppendKind.Lost, fault);
        }
    }

    private AppendVerdict AppendMeasured(BlockAppend block)
    {
        using var activity = EngineMetrics.Activities.StartActivity("append");
        activity?.SetTag("actors.height", (long)block.Height).SetTag("actors.bytes", block.Bytes.Length);
        var start = Stopwatch.GetTimestamp();
        var verdict = Append(block);
        EngineMetrics.Appended(verdict.Kind, Stopwatch.GetElapsedTime(start));
        if (verdict.Fault is { } fault)
        {
            activity?.SetStatus(ActivityStatusCode.Error, fault.Message);
        }

        return verdict;
    }

    private AppendVerdict Resolve(BlockAppend block, OutcomeUnknownException unknown)
    {
        try
        {
            var head = store.TakeEpoch();
            Volatile.Write(ref _epoch, head.Epoch);
            return (head.Height, head.HeaderHash) switch
            {
                var (height, hash) when height == block.Height && hash == block.HeaderHash => new AppendVerdict(AppendKind.Appended, null),
                var (height, hash) when height == block.Height - 1 && hash == block.Previous => new AppendVerdict(AppendKind.NotAppended, unknown),
                _ => new AppendVerdict(AppendKind.Lost, new HeadMovedException(Describe(block.Height - 1, block.Previous), Describe(head.Height, head.HeaderHash))),
            };
        }
        catch (StoreException fault)
        {
            return new AppendVerdict(AppendKind.Lost, fault);
        }
    }

    private static string Describe(ulong height, in Hash256 hash) => $"block {height} with hash {hash}";
}
