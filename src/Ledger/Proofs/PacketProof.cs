using Actors.Ledger.Blocks;
using Actors.Ledger.Channels;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Proofs;

/// <summary>
/// What became of one packet on the chain that received it, or on the one that sent and refunded it (docs/wire-format.md section 8.6): a
/// file of some hundred bytes, where the receipt of the receive holds all packets of its run.
/// </summary>
/// <param name="Anchor">The block that moved the packet's value, and what ties it to the genesis.</param>
/// <param name="Channel">The channel's number on that chain.</param>
/// <param name="Sequence">The packet's number: of those that the chain sent if it was refunded, of those that the peer sent if it was received. Both count from 1.</param>
/// <param name="Refunded">Which of the two.</param>
/// <param name="Leaf">The packet leaf that says so.</param>
public sealed record PacketProof(Anchor Anchor, uint Channel, ulong Sequence, bool Refunded, EffectLeafProof Leaf)
{
    private const byte ReceivedMarker = 1;
    private const byte RefundedMarker = 2;

    internal IReadOnlyList<PacketEffect> Effects { get; } = EffectLeaf.ReadPackets(Leaf.Leaf.Span);

    /// <summary>The proof from the block that moved the packet's value; the anchor is of that block.</summary>
    /// <exception cref="ArgumentException">The block did not move it.</exception>
    public static PacketProof Build(Anchor anchor, Block block, uint channel, ulong sequence, bool refunded) => TryBuild(anchor, block, channel, sequence, refunded)
        ?? throw new ArgumentException($"block {block.Header.Height} {(refunded ? "refunded" : "received")} no value of packet {sequence} of channel {channel}", nameof(sequence));

    /// <summary>The same; null when the block did not move the packet's value.</summary>
    public static PacketProof? TryBuild(Anchor anchor, Block block, uint channel, ulong sequence, bool refunded)
    {
        for (var leaf = (int)block.Header.FirstPacketLeaf; leaf < (int)block.Header.FirstTouchLeaf; leaf++)
        {
            if (EffectLeaf.ReadPackets(block.EffectLeaves[leaf].Span).Any(effect => Is(effect, channel, sequence, refunded)))
            {
                return new PacketProof(anchor, channel, sequence, refunded, EffectLeafProof.Build(new BlockTrees(block), leaf));
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
        writer.U8(Refunded ? RefundedMarker : ReceivedMarker);
        Leaf.Write(writer);
        return ProofFile.End(writer);
    }

    /// <summary>Decodes a packet file. Form only: nothing is verified but the file hash.</summary>
    /// <exception cref="MalformedException">The bytes are no packet file.</exception>
    public static PacketProof Decode(ReadOnlySpan<byte> file)
    {
        var reader = ProofFile.Open(file, ProofFileKind.Packet);
        var proof = new PacketProof(Anchor.Read(ref reader), reader.U32(), reader.U64(), ReadDirection(ref reader), EffectLeafProof.Read(ref reader));
        reader.End("packet file");
        return proof.Channel > 0 ? proof : throw new MalformedException("channel number is 0, numbers start at 1");
    }

    /// <summary>Whether the effect is what became of the packet that the file is about.</summary>
    internal bool IsShownBy(in PacketEffect effect) => Is(effect, Channel, Sequence, Refunded);

    private static bool Is(in PacketEffect effect, uint channel, ulong sequence, bool refunded) =>
        effect.Channel == channel && effect.Sequence == sequence && effect.IsRefund == refunded;

    private static bool ReadDirection(ref WireReader reader) => reader.U8() switch
    {
        ReceivedMarker => false,
        RefundedMarker => true,
        var other => throw new MalformedException($"direction is {other}, expected {ReceivedMarker} (received) or {RefundedMarker} (refunded)"),
    };
}
