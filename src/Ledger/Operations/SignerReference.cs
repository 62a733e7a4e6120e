using Actors.Ledger.Wire;

namespace Actors.Ledger.Operations;

/// <summary>How a block names the key behind a signature: a keyset and the key's place in it, instead of 64 bytes.</summary>
internal readonly record struct SignerReference(KeysetIdentity Keyset, byte KeyIndex)
{
    public void Write(WireWriter writer)
    {
        var reference = Keyset.IsCreated ? EntityReference.Created(Keyset.CreatedIndex) : EntityReference.Numbered(Keyset.Number);
        reference.Write(writer);
        writer.U8(KeyIndex);
    }

    public static SignerReference Read(ref WireReader reader)
    {
        var reference = EntityReference.Read(ref reader, "keyset");
        if (reference.Value > uint.MaxValue || (reference.IsCreated && reference.Value >= Limits.OperationsPerTransactionMax))
        {
            throw new MalformedException($"a signature names keyset {reference}, which cannot be");
        }

        var keyset = reference.IsCreated ? KeysetIdentity.Created((int)reference.Value) : KeysetIdentity.Standing((uint)reference.Value);
        return new SignerReference(keyset, reader.U8());
    }
}
