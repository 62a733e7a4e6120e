using Actors.Engine.History;
using Actors.Engine.Stores;
using Actors.Ledger;
using Actors.Ledger.Channels;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Relaying;

namespace Actors.Engine.Relays;

/// <summary>
/// Adds to a batch what is read from the log: the paths of the header held and of key changes in the newer header's history, and
/// acknowledgements that are not at hand any more.
/// </summary>
internal sealed class RelayExports(IChainStore store, HistoryReader history)
{
    /// <exception cref="StoreException">The log cannot be read.</exception>
    public RelayBatch Fill(RelayOutline outline)
    {
        var size = outline.Header.Height.Value;
        var changes = outline.KeyChanges.Select(change => new PeerKeyChange(change, history.Path(change.Header.Height.Value, size)));
        var filled = outline.Acknowledges && outline.Acknowledgements is null ? outline with { Acknowledgements = FromLog(outline) } : outline;
        return new RelayBatch(filled, history.Path(Math.Min(outline.Cursor.Held, size - 1), size), [.. changes]);
    }

    /// <summary>Walks backwards from where the channel stands to the first acknowledgement that is asked for.</summary>
    private LeafRun FromLog(RelayOutline outline)
    {
        var channel = outline.Proof.Record;
        var blocks = new List<List<byte[]>>();
        var missing = channel.Acknowledged - outline.Cursor.Consumed;
        for (var at = channel.AcknowledgedAt; missing > 0;)
        {
            var written = at == 0 ? [] : SentAcknowledgements.Of(StoredBlocks.Parse(store, new Height(at)), channel.Number);
            if (written.Count == 0)
            {
                throw new StoreCorruptException($"expected acknowledgements of channel {channel.Number} in block {at}, found none");
            }

            blocks.Add([.. written.Select(leaf => leaf.Leaf.ToArray())]);
            missing -= Math.Min(missing, (ulong)written.Count);
            at = written[0].Before.Value;
        }

        blocks.Reverse();
        var leaves = new LeafLog();
        leaves.StartAt(channel.Acknowledged + 1 - (ulong)blocks.Sum(block => block.Count));
        blocks.ForEach(leaves.Append);
        return leaves.Run(outline.Cursor.Consumed + 1, Limits.PacketsPerOperationMax, RelayReads.AcknowledgementBytesMax)!;
    }
}
