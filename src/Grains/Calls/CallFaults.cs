using System.Net.Sockets;
using Actors.Engine.Faults;
using Actors.Grains.Faults;

namespace Actors.Grains.Calls;

/// <summary>
/// The one place where what a grain call throws becomes a fault of the engine. That a call failed says nothing about whether it was carried out, unless it was
/// turned away: so a submission that failed in any other way has an unknown outcome.
/// </summary>
internal static class CallFaults
{
    /// <summary>Null when it is a defect, not a fault.</summary>
    public static EngineFaultException? OfSubmission(Exception exception) => exception switch
    {
        LedgerFaultException fault => FaultWire.Fault(fault.Fault),
        EngineFaultException fault => fault,
        _ when IsTurnedAway(exception) => new UnreachableException($"the cluster took nothing in: {exception.Message}", exception),
        _ when IsOfTheWorld(exception) => new OutcomePendingException($"the chain's silo did not answer: {exception.Message}", exception),
        _ => null,
    };

    /// <summary>As <see cref="OfSubmission"/>, for what changes nothing.</summary>
    public static EngineFaultException? OfRead(Exception exception) => exception switch
    {
        LedgerFaultException fault => FaultWire.Fault(fault.Fault),
        EngineFaultException fault => fault,
        _ when IsOfTheWorld(exception) => new UnreachableException($"the cluster did not answer: {exception.Message}", exception),
        _ => null,
    };

    private static bool IsTurnedAway(Exception exception) => exception is GatewayTooBusyException or OrleansMessageRejectionException { InnerException: not SiloUnavailableException };

    private static bool IsOfTheWorld(Exception exception) =>
        exception is OrleansException or TimeoutException or SocketException or IOException or ObjectDisposedException or OperationCanceledException;
}
