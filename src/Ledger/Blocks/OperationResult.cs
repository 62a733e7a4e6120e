using Actors.Ledger.Pendings;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Blocks;

/// <summary>What came of one operation while its transaction is executed, and where its settlements stand among those of the transaction.</summary>
internal readonly record struct OperationResult(Outcome Outcome, bool Creates, ulong Created, int FirstSettlement, int SettlementCount)
{
    public WrittenAcknowledgement? Acknowledgement { get; init; }

    /// <summary>Only what did more than succeed is in the block.</summary>
    public bool HasEntry => Outcome != Outcome.Committed || Creates || SettlementCount > 0 || Acknowledgement is not null;

    /// <summary>Appends the entry of the transaction's effect leaf after its index.</summary>
    public void Write(WireWriter leaf, List<Settlement> settlements)
    {
        leaf.Varint((ulong)Outcome);
        if (Outcome != Outcome.Committed)
        {
            return;
        }

        if (Acknowledgement is { } acknowledgement)
        {
            leaf.Varint(0);
            leaf.Sized(acknowledgement.Leaf.Span);
            leaf.Varint(acknowledgement.Before.Value);
            return;
        }

        if (Creates)
        {
            leaf.Varint((Created << 1) | 1);
            return;
        }

        leaf.Varint((ulong)SettlementCount << 1);
        for (var i = 0; i < SettlementCount; i++)
        {
            settlements[FirstSettlement + i].Write(leaf);
        }
    }
}
