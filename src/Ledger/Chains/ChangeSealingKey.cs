using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Chains;

/// <summary>
/// Names the key that seals from the next block on. Signed by the operator, sealed by the old key; once a block. With <paramref name="Lost"/> it is how a
/// chain goes on after its store lost blocks: what the old key sealed above is then told from what the new one seals.
/// </summary>
public readonly record struct ChangeSealingKey(PublicKey Key, LostBlocks? Lost = null, bool Linked = false) : IOperation<ChangeSealingKey>
{
    internal const int LostBit = 1;

    public OperationType Type => OperationType.ChangeSealingKey;

    static ChangeSealingKey IOperation<ChangeSealingKey>.Read(ref WireReader reader, OperationFlags flags)
    {
        KeyCodec.ReadScheme(ref reader);
        var key = new PublicKey(reader.Bytes(PublicKey.Size));
        return new ChangeSealingKey(key, flags.Has(LostBit) ? LostBlocks.Read(ref reader) : null, flags.Linked);
    }

    void IOperation<ChangeSealingKey>.Check(OperationStructure structure)
    {
    }

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked, OperationFlags.Bit(LostBit, Lost is not null));
        writer.U8((byte)SignatureScheme.Es256);
        writer.Bytes(Key.AsSpan());
        Lost?.Write(writer);
    }
}
