using Actors.Engine.Stores;

namespace Actors.Simulation.Stores;

/// <summary>The calls of a store at which a simulated fault can strike.</summary>
public enum StoreCall
{
    TakeEpoch,
    ConfirmEpoch,
    Append,
    WritePages,
    SwitchSnapshot,
    DropSuperseded,
    WriteHeadFile,
    ReadPage,
    ReadLog,
}

/// <summary>Decides what goes wrong. Whatever it throws leaves the call: before, nothing was done; after, all of it was.</summary>
internal interface IStoreFaults
{
    void Before(StoreCall call);

    void After(StoreCall call);
}

/// <summary>The process ends here. Nothing in it may go on, so it is no <see cref="StoreException"/>.</summary>
internal sealed class CrashException(string where) : Exception($"crash {where}");
