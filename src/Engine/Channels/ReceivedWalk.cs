using Actors.Engine.Stores;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Channels;

/// <summary>
/// Finds the operation that received a packet: the channel's record names the block of its newest acknowledgement, and each acknowledgement the block of
/// the one before.
/// </summary>
internal sealed class ReceivedWalk(IChainStore store, uint channel)
{
    /// <summary>Walks backwards from the block that the channel's record names.</summary>
    /// <exception cref="StoreException">A block cannot be read, or has not received what it is said to.</exception>
    public ReceivedPacketSearch Find(ulong newest, ulong sequence) =>
        FindBelow(newest, sequence) ?? throw new StoreCorruptException($"expected packet {sequence} of channel {channel} in a block that received it, found none");

    /// <summary>Walks backwards from a block that somebody named; null when it has received nothing over the channel, or the packet is not below it.</summary>
    /// <exception cref="StoreException">A block cannot be read.</exception>
    public ReceivedPacketSearch? FindBelow(ulong height, ulong sequence)
    {
        var blocks = new BlocksLookedAt(store);
        while (height > 0)
        {
            if (blocks.IsEnough)
            {
                return new ReceivedPacketSearch(null, new Height(height + 1));
            }

            var (found, before) = Look(blocks.Read(height), sequence);
            if (found is not null)
            {
                return new ReceivedPacketSearch(found, null);
            }

            height = before;
        }

        return null;
    }

    private (ReceivedPacketView? Found, ulong Before) Look(Block block, ulong sequence)
    {
        ulong? before = null;
        for (var i = 0; i < block.Transactions.Count; i++)
        {
            var transaction = block.Transactions[i].Transaction;
            if (transaction.Kind != TransactionKind.Proven)
            {
                continue;
            }

            foreach (var entry in block.Effect(i).Operations)
            {
                if (entry.Acknowledgement is not { } written || Receive.ChannelOf(transaction.Operation(entry.Operation)) != channel)
                {
                    continue;
                }

                before ??= written.Before.Value;
                var leaf = Acknowledgement.Parse(written.Leaf.Span);
                if (sequence >= leaf.First && sequence <= leaf.Last)
                {
                    var outcome = leaf.Exceptions.FirstOrDefault(exception => exception.Sequence == sequence).Outcome;
                    return (new ReceivedPacketView(channel, sequence, outcome, block.Header.Height, transaction.Id, entry.Operation), 0);
                }
            }
        }

        return (null, before ?? 0);
    }
}
