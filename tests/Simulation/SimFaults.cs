using Actors.Engine.Stores;
using Actors.Simulation.Stores;

namespace Actors.Simulation;

internal enum FaultKind
{
    CrashBefore,
    CrashAfter,
    UnknownWithEffect,
    UnknownWithoutEffect,
    Full,
    Unavailable,
}

/// <summary>At most one fault lies in wait for a call of one process's store; it strikes once.</summary>
internal sealed class SimFaults : IStoreFaults
{
    private static readonly StoreCall[] Writes = [StoreCall.TakeEpoch, StoreCall.Append, StoreCall.WritePages, StoreCall.SwitchSnapshot];
    private (StoreCall Call, FaultKind Kind)? _armed;

    /// <summary>Runs something else of the same process just before a snapshot's call, as a concurrent append would.</summary>
    public Action<StoreCall>? Beside { get; set; }

    public void Arm(StoreCall call, FaultKind kind)
    {
        var isWrite = Array.IndexOf(Writes, call) >= 0;
        var isRead = call is StoreCall.ReadLog or StoreCall.ReadPage;
        var fits = kind switch
        {
            FaultKind.UnknownWithEffect or FaultKind.UnknownWithoutEffect or FaultKind.Full => isWrite,
            FaultKind.CrashAfter => !isRead,
            _ => true,
        };
        _armed = fits ? (call, kind) : (call, FaultKind.CrashBefore);
    }

    public void Disarm() => _armed = null;

    public void Before(StoreCall call)
    {
        Sometimes.Happened(call == StoreCall.ReadPage, "a page was loaded from the snapshot");
        Beside?.Invoke(call);
        switch (Strike(call, FaultKind.CrashBefore, FaultKind.UnknownWithoutEffect, FaultKind.Full, FaultKind.Unavailable))
        {
            case FaultKind.CrashBefore: throw new CrashException($"before {call}");
            case FaultKind.UnknownWithoutEffect: throw new OutcomeUnknownException($"the answer to {call} was lost");
            case FaultKind.Full: throw new StoreFullException($"no room for {call}");
            case FaultKind.Unavailable: throw new StoreUnavailableException($"no answer to {call}");
        }
    }

    public void After(StoreCall call)
    {
        switch (Strike(call, FaultKind.CrashAfter, FaultKind.UnknownWithEffect))
        {
            case FaultKind.CrashAfter: throw new CrashException($"after {call}");
            case FaultKind.UnknownWithEffect: throw new OutcomeUnknownException($"the answer to {call} was lost");
        }
    }

    private FaultKind? Strike(StoreCall call, params ReadOnlySpan<FaultKind> kinds)
    {
        if (_armed is not { } armed || armed.Call != call || !kinds.Contains(armed.Kind))
        {
            return null;
        }

        _armed = null;
        Sometimes.Happened($"{armed.Kind} {call}");
        return armed.Kind;
    }
}
