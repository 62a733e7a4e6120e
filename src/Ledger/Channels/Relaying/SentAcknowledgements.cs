using Actors.Ledger.Blocks;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Channels.Relaying;

/// <summary>Finds the acknowledgements that a block wrote for a channel, in order, each with the height of the block that wrote the one before.</summary>
internal static class SentAcknowledgements
{
    public static List<WrittenAcknowledgement> Of(Block block, uint channel)
    {
        var found = new List<WrittenAcknowledgement>();
        for (var i = 0; i < block.Transactions.Count; i++)
        {
            if (block.Transactions[i].Transaction.Kind != TransactionKind.Proven)
            {
                continue;
            }

            foreach (var entry in block.Effect(i).Operations)
            {
                if (entry.Acknowledgement is { } written && Receive.ChannelOf(block.Transactions[i].Transaction.Operation(entry.Operation)) == channel)
                {
                    found.Add(written);
                }
            }
        }

        return found;
    }
}
