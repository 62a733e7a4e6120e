using Actors.Engine.Stores;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Channels;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Operations;
using Actors.Ledger.Proofs;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Engine.Channels;

/// <summary>How a packet was settled: accepted, or refunded and why.</summary>
internal readonly record struct Settled(Height Height, TransactionId Transaction, int Operation, Outcome Outcome);

/// <summary>
/// Finds the transactions that settled packets, walking forwards from the block that sent them: a packet is mostly settled within a few blocks. Nothing
/// is kept of a settled packet but the log.
/// </summary>
internal sealed class SettlingWalk(IChainStore store)
{
    /// <summary>Looks at blocks from <paramref name="first"/> to <paramref name="last"/> until all are found; returns the last one looked at.</summary>
    /// <exception cref="StoreException">A block cannot be read.</exception>
    public ulong Find(ulong first, ulong last, IReadOnlyCollection<(uint Channel, ulong Sequence)> wanted, Dictionary<(uint Channel, ulong Sequence), Settled> found)
    {
        var blocks = new BlocksLookedAt(store);
        for (var height = first; height <= last; height++)
        {
            if (blocks.IsEnough)
            {
                return height - 1;
            }

            Look(blocks.Read(height), wanted, found);
            if (found.Count == wanted.Count)
            {
                return height;
            }
        }

        return Math.Max(last, first - 1);
    }

    private static void Look(Block block, IReadOnlyCollection<(uint Channel, ulong Sequence)> wanted, Dictionary<(uint Channel, ulong Sequence), Settled> found)
    {
        for (var i = 0; i < block.Transactions.Count; i++)
        {
            var transaction = block.Transactions[i].Transaction;
            if (transaction.Kind != TransactionKind.Proven)
            {
                continue;
            }

            var effect = block.Effect(i);
            for (var at = 0; at < transaction.OperationCount; at++)
            {
                if (effect.OutcomeOf(at) != Outcome.Committed
                    || (OperationType)transaction.Operation(at)[0] is not (OperationType.Acknowledge or OperationType.TimeOut))
                {
                    continue;
                }

                foreach (var (packet, outcome) in Outcomes(OperationCodec.Read(transaction.Operation(at)), wanted))
                {
                    found.TryAdd(packet, new Settled(block.Header.Height, transaction.Id, at, outcome));
                }
            }
        }
    }

    /// <summary>Of the packets wanted those that the operation settles: Committed when it was accepted, otherwise why it was refunded.</summary>
    private static IEnumerable<((uint Channel, ulong Sequence) Packet, Outcome Outcome)> Outcomes(IOperation settling, IReadOnlyCollection<(uint Channel, ulong Sequence)> wanted) => settling switch
    {
        TimeOut timeout => wanted
            .Where(packet => packet.Channel == timeout.Channel && timeout.Packets.Any(range => packet.Sequence >= range.First && packet.Sequence < range.First + (ulong)range.Count))
            .Select(packet => (packet, timeout.Proof is null ? Outcome.ChannelAbandoned : Outcome.PacketTimedOut)),
        Acknowledge acknowledge => Leaves(acknowledge.Acknowledgements).SelectMany(leaf => wanted
            .Where(packet => packet.Channel == acknowledge.Channel && packet.Sequence >= leaf.First && packet.Sequence <= leaf.Last)
            .Select(packet => (packet, leaf.Exceptions.FirstOrDefault(exception => exception.Sequence == packet.Sequence).Outcome))),
        _ => [],
    };

    /// <summary>None of leaves that do not decode: they froze the peer and settled nothing.</summary>
    private static List<Acknowledgement> Leaves(LeafRun run)
    {
        var leaves = new List<Acknowledgement>();
        try
        {
            for (var i = 0; i < run.Count; i++)
            {
                leaves.Add(Acknowledgement.Parse(run[i]));
            }
        }
        catch (MalformedException)
        {
            return [];
        }

        return leaves;
    }
}
