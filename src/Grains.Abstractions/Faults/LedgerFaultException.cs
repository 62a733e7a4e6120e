namespace Actors.Grains.Faults;

/// <summary>A grain of the ledger answers with a fault. The one exception of ours that crosses from silo to caller.</summary>
[GenerateSerializer, Alias("actors.ledger-fault.1")]
public sealed class LedgerFaultException : Exception
{
    public LedgerFaultException(FaultAnswer fault) : base(fault.Message) => Fault = fault;

    [Id(0)]
    public FaultAnswer Fault { get; }
}
