using Actors.Engine.Intake;
using Actors.Ledger.Blocks;
using Actors.Ledger.Channels;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Hashing;
using Actors.Ledger.State;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Relays;

/// <summary>An acknowledgement that a block wrote for a channel, and its hash as a leaf of the channel's tree.</summary>
internal readonly record struct WrittenLeaf(uint Channel, ReadOnlyMemory<byte> Bytes, Hash256 Hash);

/// <summary>What a block that is being cut does to the chain's channels; applied to <see cref="CommittedChannels"/> once it is durable.</summary>
internal sealed record BlockChannels(
    IReadOnlyList<(uint Number, byte[] Record)> Records,
    IReadOnlyList<SentRun> Sent,
    IReadOnlyList<WrittenLeaf> Acknowledged)
{
    private static readonly BlockChannels None = new([], [], []);

    /// <summary>Taken right after the block is finished, before the next one begins.</summary>
    public static BlockChannels Of(ChainState state, BlockDraft draft, IReadOnlyList<Submission> submissions)
    {
        var records = state.Channels.TakeChanged();
        return records.Count == 0 ? None : new BlockChannels(records, state.Journal.Runs, Acknowledgements(draft, submissions));
    }

    private static List<WrittenLeaf> Acknowledgements(BlockDraft draft, IReadOnlyList<Submission> submissions)
    {
        var written = new List<WrittenLeaf>();
        for (var i = 0; i < submissions.Count; i++)
        {
            var transaction = submissions[i].Transaction!;
            if (transaction.Kind != TransactionKind.Proven)
            {
                continue;
            }

            foreach (var entry in EffectLeaf.ReadTransaction(draft.EffectLeaf(i), transaction.OperationCount).Operations)
            {
                if (entry.Acknowledgement is { } acknowledgement)
                {
                    var channel = Receive.ChannelOf(transaction.Operation(entry.Operation));
                    written.Add(new WrittenLeaf(channel, acknowledgement.Leaf, MerkleTree.LeafHash(acknowledgement.Leaf.Span)));
                }
            }
        }

        return written;
    }
}
