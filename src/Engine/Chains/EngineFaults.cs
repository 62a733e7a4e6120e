using Actors.Engine.Faults;
using Actors.Engine.Stores;
using Actors.Ledger.State;
using Actors.Ledger.Wire;

namespace Actors.Engine.Chains;

/// <summary>The one place where failures of the store become faults of the engine.</summary>
internal static class EngineFaults
{
    public static EngineFaultException Translate(Exception fault) => fault switch
    {
        StoreFullException or StoreUnavailableException => new WritesStoppedException($"the store does not answer: {fault.Message}", fault),
        OutcomeUnknownException => new OutcomePendingException(fault.Message, fault),
        _ => new ChainStoppedException(fault.Message, fault),
    };

    public static T Translate<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is StoreException or BrokenInvariantException or MalformedException)
        {
            throw Translate(fault);
        }
    }

    public static void Translate(Action write) => Translate(() =>
    {
        write();
        return true;
    });
}
