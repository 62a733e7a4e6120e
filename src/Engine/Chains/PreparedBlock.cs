using Actors.Engine.History;
using Actors.Engine.Intake;
using Actors.Engine.Reads;
using Actors.Engine.Relays;
using Actors.Engine.Stores;
using Actors.Ledger.Blocks;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Chains;

/// <summary>A sealed block on its way into the store, with all that follows once it is there and all that undoes it if not.</summary>
internal sealed class PreparedBlock(BlockDraft draft, BlockAppend append)
{
    public BlockDraft Draft => draft;

    public BlockAppend Append => append;

    /// <summary>Recorded in this block, in its order.</summary>
    public required List<Submission> Submissions { get; init; }

    /// <summary>Sent again while the block was being made; they get the first one's result.</summary>
    public required List<(Submission Submission, TransactionPlace Place)> Duplicates { get; init; }

    public required List<ProofRequest> Proofs { get; init; }

    public required HistoryTiles Tiles { get; init; }

    public required PublicKey SealingKeyBefore { get; init; }

    public required SnapshotPlan? Snapshot { get; init; }

    /// <summary>What the block does to the channels.</summary>
    public required BlockChannels Channels { get; init; }
}
