using Actors.Ledger.Channels;
using Actors.Ledger.Hashing;

namespace Actors.Engine.Relays;

/// <summary>
/// How far one side of a channel has come with what the other side has for it: where a relay goes on. Taken from chain state alone, so
/// a relay that died, or that somebody else was quicker than, loses nothing.
/// </summary>
/// <param name="Held">Height of the other side's newest header that the light client holds; 0 before the first.</param>
/// <param name="SealedSince">The other side's height whose block made the key its sealing key that the light client knows.</param>
/// <param name="Received">Packets received.</param>
/// <param name="Consumed">Acknowledgements consumed.</param>
/// <param name="IsConfirmed">The opening is done on this side.</param>
public readonly record struct RelayCursor(ulong Held, ulong SealedSince, ulong Received, ulong Consumed, bool IsConfirmed);

/// <summary>Where a channel stands, for a relay.</summary>
/// <param name="Peer">The number of the other chain's light client here.</param>
/// <param name="PeerName">The name that this chain's operator gave the other one.</param>
/// <param name="PeerGenesis">Which chain that is.</param>
/// <param name="PeerChannel">The channel's number there; 0 as long as it is not known.</param>
/// <param name="State">How far the opening has come.</param>
/// <param name="Paused">Neither sends nor receives.</param>
/// <param name="PeerFrozen">Nothing that rests on the other chain's word is taken.</param>
/// <param name="Sent">Packets sent.</param>
/// <param name="Settled">Packets sent and acknowledged.</param>
/// <param name="Cursor">How far this side has come with what the other has for it.</param>
public sealed record RelayPosition(
    uint Peer,
    string PeerName,
    Hash256 PeerGenesis,
    uint PeerChannel,
    ChannelState State,
    bool Paused,
    bool PeerFrozen,
    ulong Sent,
    ulong Settled,
    RelayCursor Cursor);
