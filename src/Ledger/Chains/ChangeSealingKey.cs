using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Chains;

/// <summary>Names the key that seals from the next block on. Signed by the operator, sealed by the old key; once a block.</summary>
public readonly record struct ChangeSealingKey(PublicKey Key, bool Linked = false) : IOperation<ChangeSealingKey>
{
    public OperationType Type => OperationType.ChangeSealingKey;

    static ChangeSealingKey IOperation<ChangeSealingKey>.Read(ref WireReader reader, OperationFlags flags)
    {
        KeyCodec.ReadScheme(ref reader);
        return new ChangeSealingKey(new PublicKey(reader.Bytes(PublicKey.Size)), flags.Linked);
    }

    void IOperation<ChangeSealingKey>.Check(OperationStructure structure)
    {
    }

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked);
        writer.U8((byte)SignatureScheme.Es256);
        writer.Bytes(Key.AsSpan());
    }
}
