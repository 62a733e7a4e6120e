using Actors.Engine.History;
using Actors.Engine.Stores;
using Actors.Ledger.Channels.Peers;

namespace Actors.Engine.Relays;

/// <summary>Adds to a batch what is read from the log: the paths of the header held and of key changes in the newer header's history.</summary>
internal sealed class RelayExports(HistoryReader history)
{
    /// <exception cref="StoreException">The log cannot be read.</exception>
    public RelayBatch Fill(RelayOutline outline)
    {
        var size = outline.Header.Height.Value;
        var changes = outline.KeyChanges.Select(change => new PeerKeyChange(change, history.Path(change.Header.Height.Value, size)));
        return new RelayBatch(outline, history.Path(outline.Cursor.Held, size), [.. changes]);
    }
}
