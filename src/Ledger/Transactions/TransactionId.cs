using System.Buffers.Binary;
using Actors.Ledger.Hashing;

namespace Actors.Ledger.Transactions;

/// <summary>
/// Names a transaction for ever: the 6-byte expiry in milliseconds, then the first 26 bytes of the SHA-256 of the signed
/// bytes. Signatures are not part of it, so signing again never makes a second transaction.
/// </summary>
public readonly record struct TransactionId(Hash256 Value)
{
    public const int Size = Hash256.Size;
    private const int ExpiryBytes = 6;

    public static TransactionId Of(Timestamp expiry, ReadOnlySpan<byte> signedBytes)
    {
        Span<byte> id = stackalloc byte[Size];
        BinaryPrimitives.WriteUInt64BigEndian(id, expiry.Ms << 16);
        Sha256.Of(signedBytes).AsSpan()[..(Size - ExpiryBytes)].CopyTo(id[ExpiryBytes..]);
        return new TransactionId(new Hash256(id));
    }

    public Timestamp Expiry => new(BinaryPrimitives.ReadUInt64BigEndian(Value.AsSpan()) >> 16);

    public static bool TryParse(string? hex, out TransactionId id)
    {
        var parsed = Hash256.TryParse(hex, out var value);
        id = new TransactionId(value);
        return parsed;
    }

    /// <summary>From the hash part: transactions often share their expiry.</summary>
    public override int GetHashCode() => BinaryPrimitives.ReadInt32LittleEndian(Value.AsSpan()[8..]);

    public override string ToString() => Value.ToString();
}
