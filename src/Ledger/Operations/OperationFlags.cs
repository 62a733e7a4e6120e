using Actors.Ledger.Wire;

namespace Actors.Ledger.Operations;

/// <summary>The second byte of an encoded operation. Bit 0 is linked; the others mean what the operation says.</summary>
public readonly record struct OperationFlags(byte Value)
{
    private const byte LinkedBit = 1;

    public bool Linked => (Value & LinkedBit) != 0;

    public bool Has(int bit) => (Value & (1 << bit)) != 0;

    internal void RequireWithin(byte allowed, OperationType type)
    {
        if ((Value & ~(allowed | LinkedBit)) != 0)
        {
            throw new MalformedException($"flags of a {type} operation are 0x{Value:x2}, which has unknown bits");
        }
    }

    internal static void Write(WireWriter writer, OperationType type, bool linked, int flags = 0)
    {
        writer.U8((byte)type);
        writer.U8((byte)(flags | (linked ? LinkedBit : 0)));
    }

    internal static int Bit(int bit, bool set) => set ? 1 << bit : 0;
}
