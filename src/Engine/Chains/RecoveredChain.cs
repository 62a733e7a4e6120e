using Actors.Engine.History;
using Actors.Engine.Relays;
using Actors.Ledger.Proofs;
using Actors.Ledger.State;

namespace Actors.Engine.Chains;

/// <summary>A chain as it was found in its store: state replayed to the head, open ids reloaded.</summary>
internal sealed record RecoveredChain(ChainState State, CommittedHead Head, HistoryTiles Tiles, IdStretch Stretch, ulong Epoch)
{
    /// <summary>All changes of the sealing key, in order.</summary>
    public required IReadOnlyList<KeyChange> KeyChanges { get; init; }

    public required CommittedChannels Channels { get; init; }

    public required ulong LastSnapshot { get; init; }

    public required long LogBytesSinceSnapshot { get; init; }

    public required IReadOnlyList<string> Notices { get; init; }
}
