using Actors.Engine.Faults;
using Actors.Engine.Stores;
using Actors.Ledger;
using Actors.Ledger.Wire;

namespace Actors.Grains.Faults;

/// <summary>Faults of the engine as they cross between grains, and back: the one place on either side.</summary>
internal static class FaultWire
{
    // A chain that stopped is opened anew by the next call, here or on another silo.
    private static readonly TimeSpan ReopenAfter = TimeSpan.FromSeconds(1);

    public static FaultAnswer Answer(EngineFaultException fault) => fault switch
    {
        OverloadedException => Answer(FaultKind.Overloaded, fault),
        WritesStoppedException => Answer(FaultKind.WritesStopped, fault),
        OutcomePendingException => Answer(FaultKind.OutcomePending, fault),
        _ => Answer(FaultKind.ChainStopped, fault),
    };

    public static EngineFaultException Fault(FaultAnswer answer) => answer.Kind switch
    {
        FaultKind.Overloaded => new OverloadedException(answer.Message),
        FaultKind.WritesStopped => new WritesStoppedException(answer.Message),
        FaultKind.OutcomePending => new OutcomePendingException(answer.Message),
        FaultKind.ChainStopped when answer.RetryAfter is null => new ChainStoppedException(answer.Message),
        _ => new UnreachableException(answer.Message),
    };

    public static FaultAnswer Reopening(FaultAnswer stopped) => stopped.Kind == FaultKind.ChainStopped ? stopped with { RetryAfter = ReopenAfter } : stopped;

    public static LedgerFaultException BadRequest(string message) => Thrown(FaultKind.BadRequest, message);

    public static LedgerFaultException NotYet(string message) => new(new FaultAnswer { Kind = FaultKind.NotYet, Message = message, RetryAfter = ReopenAfter });

    public static LedgerFaultException ChainNotFound(string chain) => Thrown(FaultKind.ChainNotFound, $"there is no chain '{Shown(chain)}' here");

    public static LedgerFaultException ChainExists(ChainId chain) => Thrown(FaultKind.ChainExists, $"there is a chain '{chain}' already");

    /// <summary>Runs what reads a request; whatever is wrong with it is the caller's to know.</summary>
    public static T Understand<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception wrong) when (wrong is MalformedException or FormatException or ArgumentException)
        {
            throw BadRequest(wrong.Message);
        }
    }

    /// <summary>Runs what may fail for the store's reasons.</summary>
    public static async Task<T> Translate<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (EngineFaultException fault)
        {
            throw new LedgerFaultException(Answer(fault));
        }
        catch (StoreException fault)
        {
            throw StoreFailed(fault);
        }
    }

    public static LedgerFaultException StoreFailed(StoreException fault) =>
        new(new FaultAnswer { Kind = FaultKind.WritesStopped, Message = fault.Message, RetryAfter = ReopenAfter });

    private static FaultAnswer Answer(FaultKind kind, EngineFaultException fault) => new() { Kind = kind, Message = fault.Message, RetryAfter = fault.RetryAfter };

    private static LedgerFaultException Thrown(FaultKind kind, string message) => new(new FaultAnswer { Kind = kind, Message = message });

    // Comes from anybody and goes into logs.
    private static string Shown(string text) => text.Length <= Limits.ChainIdBytesMax ? text : text[..Limits.ChainIdBytesMax] + "...";
}
