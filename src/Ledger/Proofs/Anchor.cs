using Actors.Ledger.Blocks;
using Actors.Ledger.Chains;
using Actors.Ledger.Signing;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Proofs;

/// <summary>
/// What ties a proof to the one thing its reader must know, the genesis hash: the genesis document, every change of the sealing
/// key up to the header in order of height, the header, and its seal (docs/wire-format.md section 8).
/// </summary>
public sealed record Anchor(Genesis Genesis, IReadOnlyList<KeyChange> KeyChanges, BlockHeader Header, Signature Seal)
{
    public static Anchor Of(Genesis genesis, IReadOnlyList<KeyChange> keyChanges, Block block) => new(genesis, keyChanges, block.Header, block.Seal);

    internal void Write(WireWriter writer)
    {
        writer.Bytes32(Genesis.Encoded.Span);
        writer.U16(checked((ushort)KeyChanges.Count));
        foreach (var change in KeyChanges)
        {
            change.Write(writer);
        }

        writer.Bytes(Header.Encode());
        writer.Bytes(Seal.AsSpan());
    }

    /// <exception cref="MalformedException">The bytes are no anchor.</exception>
    internal static Anchor Read(ref WireReader reader)
    {
        var genesis = Genesis.Parse(reader.Bytes32(Genesis.EncodedBytesMax, "genesis document"));
        var changes = new KeyChange[reader.U16()];
        for (var i = 0; i < changes.Length; i++)
        {
            changes[i] = KeyChange.Read(ref reader);
        }

        return new Anchor(genesis, changes, BlockHeader.Decode(reader.Bytes(BlockHeader.Size)), new Signature(reader.Bytes(Signature.Size)));
    }
}
