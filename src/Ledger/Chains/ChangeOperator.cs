using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Chains;

/// <summary>Makes another keyset the operator; signed by the one that is.</summary>
public readonly record struct ChangeOperator(EntityReference Keyset, bool Linked = false) : IOperation<ChangeOperator>
{
    public OperationType Type => OperationType.ChangeOperator;

    static ChangeOperator IOperation<ChangeOperator>.Read(ref WireReader reader, OperationFlags flags) =>
        new(EntityReference.Read(ref reader, "keyset"), flags.Linked);

    void IOperation<ChangeOperator>.Check(OperationStructure structure) => structure.Keyset(Keyset);

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked);
        Keyset.Write(writer);
    }
}

internal sealed class ChangeOperatorKind : OperationKind<ChangeOperator>
{
    public override OperationType Type => OperationType.ChangeOperator;

    protected override void Authorize(in ChangeOperator operation, AuthorityPass pass) => pass.RequireOperator();

    protected override Outcome Execute(in ChangeOperator operation, TransactionExecution execution)
    {
        var outcome = execution.Keyset(operation.Keyset, out var number);
        if (outcome == Outcome.Committed)
        {
            execution.State.WriteChain().Operator = number;
        }

        return outcome;
    }
}
