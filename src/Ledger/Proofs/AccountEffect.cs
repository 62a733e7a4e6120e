using Actors.Ledger.Channels;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;

namespace Actors.Ledger.Proofs;

/// <summary>
/// One reason why a block touched an account: an operation that names it, a pending of it that an operation settled or that
/// expired at the start of the block, or a packet that was received or refunded.
/// </summary>
/// <param name="EffectLeaf">The effect leaf that records it; for an operation that is the index of its transaction.</param>
/// <param name="OperationIndex">The operation's place in its transaction; null for an expiry.</param>
/// <param name="Operation">The operation; null for an expiry.</param>
/// <param name="Settlement">How the pending ended, for a post, a void and an expiry.</param>
/// <param name="PostedChange">What was added to the account's posted amount, in minor units.</param>
public sealed record AccountEffect(int EffectLeaf, int? OperationIndex, IOperation? Operation, Settlement? Settlement, long PostedChange)
{
    /// <summary>What a packet moved; null where it was no packet.</summary>
    public PacketEffect? Packet { get; init; }

    public bool IsExpiry => OperationIndex is null && Packet is null;
}
