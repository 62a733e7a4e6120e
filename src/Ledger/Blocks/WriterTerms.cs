using Actors.Ledger.Channels.Peers;

namespace Actors.Ledger.Blocks;

/// <summary>
/// What the writer of a chain adds when it executes a transaction without signatures. None of it changes what is recorded into something else: seals checked ahead are
/// facts, and a transaction that the writer does not want leaves nothing, as if it had not come. Replay adds nothing.
/// </summary>
/// <param name="Seals">Seals checked ahead; null: none.</param>
/// <param name="HeaderAdvanceMinMs">One that brings newer headers of peers and nothing else is wanted only if a header is later than the one held by at least this. 0: always.</param>
internal readonly record struct WriterTerms(CheckedSeals? Seals, ulong HeaderAdvanceMinMs);
