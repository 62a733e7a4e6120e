using Actors.Ledger.Blocks;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Operations;

/// <summary>
/// All that the ledger does with one type of operation, so that a new type is a new folder and one line in
/// <see cref="OperationKinds"/>. Operations are decoded from their bytes at each stage into structs: no object per operation.
/// </summary>
internal abstract class OperationKind
{
    public abstract OperationType Type { get; }

    public virtual CreatedKind Creates => CreatedKind.None;

    /// <summary>Whether it ends pendings, so that its effect says how.</summary>
    public virtual bool Settles => false;

    /// <summary>Flag bits it knows beside linked.</summary>
    protected virtual byte AllowedFlags => 0;

    /// <summary>Decodes; throws when the operation, looked at without the others of its transaction, is malformed.</summary>
    public abstract IOperation Read(ref WireReader reader, OperationFlags flags);

    /// <summary>Decodes and checks what can be told from the transaction alone; throws when it is malformed.</summary>
    public abstract void Check(ref WireReader reader, OperationFlags flags, OperationStructure structure);

    /// <summary>Says which keysets must have signed. Touches nothing.</summary>
    public abstract void Authorize(ref WireReader reader, OperationFlags flags, AuthorityPass pass);

    /// <summary>Check, then the point of no return, then apply; a refusal may leave changes that the caller rolls back.</summary>
    public abstract Outcome Execute(ref WireReader reader, OperationFlags flags, TransactionExecution execution);
}

internal abstract class OperationKind<TOperation> : OperationKind where TOperation : struct, IOperation<TOperation>
{
    public sealed override IOperation Read(ref WireReader reader, OperationFlags flags)
    {
        var operation = Decode(ref reader, flags);
        operation.Check(OperationStructure.Alone);
        return operation;
    }

    public sealed override void Check(ref WireReader reader, OperationFlags flags, OperationStructure structure)
    {
        Decode(ref reader, flags).Check(structure);
    }

    public sealed override void Authorize(ref WireReader reader, OperationFlags flags, AuthorityPass pass) =>
        Authorize(Decode(ref reader, flags), pass);

    public sealed override Outcome Execute(ref WireReader reader, OperationFlags flags, TransactionExecution execution) =>
        Execute(Decode(ref reader, flags), execution);

    protected abstract void Authorize(in TOperation operation, AuthorityPass pass);

    protected abstract Outcome Execute(in TOperation operation, TransactionExecution execution);

    private TOperation Decode(ref WireReader reader, OperationFlags flags)
    {
        flags.RequireWithin(AllowedFlags, Type);
        return TOperation.Read(ref reader, flags);
    }
}
