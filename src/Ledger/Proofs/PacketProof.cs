using Actors.Ledger.Blocks;
using Actors.Ledger.Channels;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Proofs;

/// <summary>
/// What became of one packet on the chain that received it, or on the one that sent and refunded it (docs/wire-format.md section 8.6): a
/// file of some hundred bytes, where the receipt of the receive holds all packets of its run.
/// </summary>
public sealed record PacketProof(Anchor Anchor, uint Channel, ulong Sequence, EffectLeafProof Leaf)
{
    internal IReadOnlyList<PacketEffect> Effects { get; } = EffectLeaf.ReadPackets(Leaf.Leaf.Span);

    /// <summary>The proof from the block that moved the packet's value; the anchor is of that block.</summary>
    /// <exception cref="ArgumentException">The block did not move it.</exception>
    public static PacketProof Build(Anchor anchor, Block block, uint channel, ulong sequence) => TryBuild(anchor, block, channel, sequence)
        ?? throw new ArgumentException($"block {block.Header.Height} moved nothing for packet {sequence} of channel {channel}", nameof(sequence));

    /// <summary>The same; null when the block did not move the packet's value.</summary>
    public static PacketProof? TryBuild(Anchor anchor, Block block, uint channel, ulong sequence)
    {
        for (var leaf = (int)block.Header.FirstPacketLeaf; leaf < (int)block.Header.FirstTouchLeaf; leaf++)
        {
            if (EffectLeaf.ReadPackets(block.EffectLeaves[leaf].Span).Any(effect => effect.Channel == channel && effect.Sequence == sequence))
            {
                return new PacketProof(anchor, channel, sequence, EffectLeafProof.Build(new BlockTrees(block), leaf));
            }
        }

        return null;
    }

    public byte[] Encode()
    {
        var writer = ProofFile.Begin(ProofFileKind.Packet);
        Anchor.Write(writer);
        writer.U32(Channel);
        writer.U64(Sequence);
        Leaf.Write(writer);
        return ProofFile.End(writer);
    }

    /// <summary>Decodes a packet file. Form only: nothing is verified but the file hash.</summary>
    /// <exception cref="MalformedException">The bytes are no packet file.</exception>
    public static PacketProof Decode(ReadOnlySpan<byte> file)
    {
        var reader = ProofFile.Open(file, ProofFileKind.Packet);
        var proof = new PacketProof(Anchor.Read(ref reader), reader.U32(), reader.U64(), EffectLeafProof.Read(ref reader));
        reader.End("packet file");
        return proof.Channel > 0 ? proof : throw new MalformedException("channel number is 0, numbers start at 1");
    }
}
