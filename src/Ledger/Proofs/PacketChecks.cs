using Actors.Ledger.Channels;

namespace Actors.Ledger.Proofs;

/// <summary>Checks of a packet file.</summary>
internal static class PacketChecks
{
    public static Verification Run(PacketProof proof, Hashing.Hash256? genesisHash)
    {
        var list = new CheckList(CheckNames.Of(ProofFileKind.Packet, proof.Anchor.KeyChanges.Count));
        list.Add(CheckNames.WellFormed, Finding.Pass("the file is a packet file and undamaged"));
        AnchorChecks.Run(list, proof.Anchor, genesisHash);
        var effect = Find(proof);
        list.Add(CheckNames.Packet, Check(proof, effect));
        return new Verification(ProofFileKind.Packet, list.Checks) { Packet = effect, Claims = Claims(proof, effect) };
    }

    private static Finding Check(PacketProof proof, PacketEffect? effect)
    {
        var header = proof.Anchor.Header;
        return (ulong)proof.Leaf.Index < header.FirstPacketLeaf || (ulong)proof.Leaf.Index >= header.FirstTouchLeaf ? Finding.Fail($"effect leaf {proof.Leaf.Index} is no packet leaf")
            : !proof.Leaf.IsIn(header) ? Finding.Fail($"packet leaf {proof.Leaf.Index} does not lead to the outcomes root")
            : effect is null ? Finding.Fail($"packet leaf {proof.Leaf.Index} does not say once that packet {proof.Sequence} of channel {proof.Channel} was {(proof.Refunded ? "refunded" : "received")}")
            : Finding.Pass($"block {header.Height} says what became of packet {proof.Sequence} of channel {proof.Channel}");
    }

    private static PacketEffect? Find(PacketProof proof)
    {
        var found = proof.Effects.Where(effect => proof.IsShownBy(effect)).ToList();
        return found.Count == 1 ? found[0] : null;
    }

    private static List<Claim> Claims(PacketProof proof, PacketEffect? effect)
    {
        var claims = new List<Claim>
        {
            new("chain", proof.Anchor.Genesis.ChainId.Value),
            new("block", $"{proof.Anchor.Header.Height}, sealed at {Words.Of(proof.Anchor.Header.Time)}"),
        };
        if (effect is { } shown)
        {
            claims.Add(new Claim("packet", Words.Of(shown)));
        }

        return claims;
    }
}
