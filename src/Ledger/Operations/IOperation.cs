using Actors.Ledger.Wire;

namespace Actors.Ledger.Operations;

/// <summary>One operation of a transaction, decoded. The concepts' folders hold one record struct each.</summary>
public interface IOperation
{
    OperationType Type { get; }

    /// <summary>This operation and the next one belong to one run: all or nothing.</summary>
    bool Linked { get; }

    /// <summary>Appends the encoding of docs/wire-format.md section 5.</summary>
    void Write(WireWriter writer);
}

internal interface IOperation<TSelf> : IOperation where TSelf : struct, IOperation<TSelf>
{
    /// <summary>Reads the fields after type and flags.</summary>
    static abstract TSelf Read(ref WireReader reader, OperationFlags flags);

    /// <summary>Checks what can be told from the transaction alone.</summary>
    void Check(OperationStructure structure);
}
