using Actors.Ledger.Proofs;
using Actors.Ledger.Wire;

namespace Actors.Engine.History;

/// <summary>Key changes as they are stored beside the block that made them.</summary>
internal static class KeyChangeCodec
{
    public static byte[] Encode(KeyChange change)
    {
        var writer = new WireWriter(1_024);
        change.Write(writer);
        return writer.ToArray();
    }

    public static KeyChange Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var change = KeyChange.Read(ref reader);
        reader.End("key change");
        return change;
    }
}
