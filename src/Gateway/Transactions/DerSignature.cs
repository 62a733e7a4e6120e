using System.Formats.Asn1;
using System.Numerics;
using Actors.Ledger.Signing;
using Actors.Ledger.Wire;

namespace Actors.Gateway.Transactions;

/// <summary>
/// ECDSA signatures as openssl and most libraries write them (RFC 3279: a DER sequence of r and s). Such signers do not choose the low s;
/// n - s says the same, so it is chosen for them. The binary format knows only one form.
/// </summary>
internal static class DerSignature
{
    private const int IntegerBytes = 32;

    /// <exception cref="MalformedException">It is no DER sequence of two integers of at most 32 bytes.</exception>
    public static Signature Parse(ReadOnlySpan<byte> der, int index)
    {
        Span<byte> bytes = stackalloc byte[Signature.Size];
        try
        {
            var outer = new AsnReader(der.ToArray(), AsnEncodingRules.DER);
            var sequence = outer.ReadSequence();
            Write(sequence.ReadInteger(), bytes[..IntegerBytes]);
            Write(sequence.ReadInteger(), bytes[IntegerBytes..]);
            sequence.ThrowIfNotEmpty();
            outer.ThrowIfNotEmpty();
        }
        catch (AsnContentException e)
        {
            throw new MalformedException($"signatureDer of signature {index} is not a DER sequence of two integers: {e.Message}");
        }

        return Es256.WithLowS(new Signature(bytes));
    }

    private static void Write(BigInteger value, Span<byte> into)
    {
        if (value.Sign < 0 || value.GetByteCount(isUnsigned: true) is var length && length > into.Length)
        {
            throw new AsnContentException($"an integer is not in 0 to 2^{IntegerBytes * 8}-1");
        }

        value.TryWriteBytes(into[^length..], out _, isUnsigned: true, isBigEndian: true);
    }
}
