using System.Buffers.Binary;
using Actors.Ledger.Hashing;

namespace Actors.Ledger.Transactions;

/// <summary>
/// The 83 bytes that a signer signs: "ActorsT1", genesis hash, expiry u48, kind u8, count u32, operations root. The genesis
/// hash is in them, so a signature made for one chain is worth nothing on another.
/// </summary>
public static class SignedBytes
{
    public const int Size = 83;
    private const int GenesisAt = 8;
    private const int ExpiryAt = GenesisAt + Hash256.Size;
    private const int KindAt = ExpiryAt + 6;
    private const int CountAt = KindAt + 1;
    private const int RootAt = CountAt + 4;

    public static void Write(Span<byte> into, in Hash256 genesis, Timestamp expiry, TransactionKind kind, int count, in Hash256 operationsRoot)
    {
        "ActorsT1"u8.CopyTo(into);
        genesis.CopyTo(into[GenesisAt..]);
        BinaryPrimitives.WriteUInt16BigEndian(into[ExpiryAt..], (ushort)(expiry.Ms >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(into[(ExpiryAt + 2)..], (uint)expiry.Ms);
        into[KindAt] = (byte)kind;
        BinaryPrimitives.WriteUInt32BigEndian(into[CountAt..], (uint)count);
        operationsRoot.CopyTo(into[RootAt..]);
    }
}
