using Actors.Ledger.Hashing;
using Actors.Ledger.Signing;

namespace Actors.Ledger.Channels.Peers;

/// <summary>What the light client of a peer held when somebody looked: which chain, its newest header's height, the key that seals. Nobody's authority: it may be old, or taken back.</summary>
internal readonly record struct SealHint(Hash256 Genesis, ulong Height, PublicKey SealingKey);
