using Actors.Ledger.Blocks;
using Actors.Ledger.Chains;
using Actors.Ledger.Proofs;
using Actors.Ledger.Signing;
using Actors.Ledger.State;

namespace Actors.Engine.Reads;

/// <summary>Makes account proofs while the state stands exactly at a block that carries its own root.</summary>
internal static class AccountProofs
{
    /// <summary>Takes leaf and path now; the rest is put together once the block is durable.</summary>
    public static void Freeze(ProofRequest request, ChainState state, StateRoots roots)
    {
        var file = RecordProofFile.OfAccount(state, null!, roots.Tables, request.Account);
        request.Complete = anchor => (file with { Anchor = anchor }).Encode();
    }

    /// <summary>Header and seal, decoded, with what ties them to the genesis.</summary>
    public static Anchor AnchorOf(Genesis genesis, IReadOnlyList<KeyChange> changes, ReadOnlySpan<byte> signedHeader)
    {
        var header = BlockHeader.Decode(signedHeader[..BlockHeader.Size]);
        return new Anchor(genesis, [.. changes.Where(change => change.Header.Height < header.Height)], header, new Signature(signedHeader[BlockHeader.Size..]));
    }
}
