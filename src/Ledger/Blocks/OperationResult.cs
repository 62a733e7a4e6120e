using System.Runtime.InteropServices;
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
    public void Write(WireWriter leaf, List<Settlement> settlements) =>
        EffectLeaf.WriteEntry(leaf, Outcome, Acknowledgement, Creates ? Created : 0, CollectionsMarshal.AsSpan(settlements).Slice(FirstSettlement, SettlementCount));
}
