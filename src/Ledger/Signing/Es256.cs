using System.Security.Cryptography;

namespace Actors.Ledger.Signing;

/// <summary>
/// ECDSA over P-256 with SHA-256. Low-S only: of the two values of s that verify, the one above n/2 is refused, so that
/// nobody but the signer can turn one valid signature into another.
/// </summary>
public static class Es256
{
    private static ReadOnlySpan<byte> Order =>
    [
        0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
    ];

    private static ReadOnlySpan<byte> HalfOrder =>
    [
        0x7F, 0xFF, 0xFF, 0xFF, 0x80, 0x00, 0x00, 0x00, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xDE, 0x73, 0x7D, 0x56, 0xD3, 0x8B, 0xCF, 0x42, 0x79, 0xDC, 0xE5, 0x61, 0x7E, 0x31, 0x92, 0xA8,
    ];

    /// <summary>Parses a key for many verifications. Null when the point is not on the curve. The caller disposes it.</summary>
    public static ECDsa? TryImport(in PublicKey key)
    {
        try
        {
            return ECDsa.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = key.AsSpan()[..32].ToArray(), Y = key.AsSpan()[32..].ToArray() },
            });
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Whether s is at most n/2.</summary>
    public static bool IsLowS(in Signature signature) => signature.AsSpan()[32..].SequenceCompareTo(HalfOrder) <= 0;

    public static bool Verify(ECDsa key, ReadOnlySpan<byte> message, in Signature signature) =>
        IsLowS(signature) && key.VerifyData(message, signature.AsSpan(), HashAlgorithmName.SHA256);

    /// <summary>Imports the key and verifies once; false also for a key that is no point of the curve.</summary>
    public static bool Verify(in PublicKey key, ReadOnlySpan<byte> message, in Signature signature)
    {
        using var parsed = TryImport(key);
        return parsed is not null && Verify(parsed, message, signature);
    }

    /// <summary>Signs and makes s low.</summary>
    public static Signature Sign(ECDsa key, ReadOnlySpan<byte> message)
    {
        Span<byte> bytes = stackalloc byte[Signature.Size];
        key.SignData(message, bytes, HashAlgorithmName.SHA256);
        return WithLowS(new Signature(bytes));
    }

    /// <summary>The one of the two signatures that say the same (s and n - s) which is accepted: for signers that do not choose.</summary>
    public static Signature WithLowS(in Signature signature)
    {
        Span<byte> bytes = stackalloc byte[Signature.Size];
        signature.AsSpan().CopyTo(bytes);
        var s = bytes[32..];
        if (s.SequenceCompareTo(HalfOrder) > 0)
        {
            SubtractFromOrder(s);
        }

        return new Signature(bytes);
    }

    public static PublicKey PublicKeyOf(ECDsa key)
    {
        var point = key.ExportParameters(false).Q;
        Span<byte> bytes = stackalloc byte[PublicKey.Size];
        point.X.CopyTo(bytes);
        point.Y.CopyTo(bytes[32..]);
        return new PublicKey(bytes);
    }

    private static void SubtractFromOrder(Span<byte> s)
    {
        var borrow = 0;
        for (var i = s.Length - 1; i >= 0; i--)
        {
            var difference = Order[i] - s[i] - borrow;
            borrow = difference < 0 ? 1 : 0;
            s[i] = (byte)difference;
        }
    }
}
