using System.Collections.Concurrent;
using Actors.Simulation.Stores;

namespace Actors.Engine.Tests.Chains;

/// <summary>Counts the calls of a store, holds one kind of them up, or makes the next ones fail.</summary>
internal sealed class ScriptedFaults : IStoreFaults
{
    private readonly ConcurrentDictionary<StoreCall, int> _calls = new();
    private readonly ConcurrentDictionary<StoreCall, ConcurrentQueue<(bool IsAfter, Exception Fault)>> _faults = new();
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private StoreCall? _held;

    public int Total => _calls.Values.Sum();

    public int Count(StoreCall call) => _calls.GetValueOrDefault(call);

    /// <summary>The next call of this kind that is not failing already fails, without effect or after it.</summary>
    public void FailNext(StoreCall call, Exception fault, bool isAfter = false) =>
        _faults.GetOrAdd(call, _ => new()).Enqueue((isAfter, fault));

    /// <summary>From now on calls of this kind wait for <see cref="Release"/>.</summary>
    public void Hold(StoreCall call)
    {
        _held = call;
        _open.Reset();
    }

    public void Release() => _open.Set();

    public void Before(StoreCall call)
    {
        _calls.AddOrUpdate(call, 1, static (_, count) => count + 1);
        if (_held == call)
        {
            _open.Wait();
        }

        Throw(call, isAfter: false);
    }

    public void After(StoreCall call) => Throw(call, isAfter: true);

    private void Throw(StoreCall call, bool isAfter)
    {
        if (_faults.TryGetValue(call, out var faults) && faults.TryPeek(out var next) && next.IsAfter == isAfter && faults.TryDequeue(out next))
        {
            throw next.Fault;
        }
    }
}
