using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Actors.Ledger.Signing;

namespace Actors.Ledger.Tests.Vectors;

/// <summary>
/// A key pair whose private scalar and signatures are always the same: ECDSA takes a random number for each signature, so these are
/// made with the one of RFC 6979 instead. For tests only: nothing here takes care of timing.
/// </summary>
internal sealed class FixedKey : Key
{
    private static readonly BigInteger Order = Number(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"));
    private readonly byte[] _scalar;

    public FixedKey(ReadOnlySpan<byte> scalar)
        : base(Import(scalar)) => _scalar = scalar.ToArray();

    /// <summary>The private scalar is the SHA-256 of the name.</summary>
    public static FixedKey Named(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    public override Signature Sign(ReadOnlySpan<byte> message)
    {
        var digest = SHA256.HashData(message);
        foreach (var nonce in Nonces(digest))
        {
            using var point = Import(nonce);
            var r = Number(point.ExportParameters(false).Q.X!) % Order;
            var inverse = BigInteger.ModPow(Number(nonce), Order - 2, Order);
            var s = inverse * (Number(digest) + (r * Number(_scalar))) % Order;
            if (!r.IsZero && !s.IsZero)
            {
                return new Signature([.. Octets(r), .. Octets(s > Order / 2 ? Order - s : s)]);
            }
        }

        throw new InvalidOperationException("the nonces of RFC 6979 do not end");
    }

    /// <summary>The other s that verifies with the same r.</summary>
    public static byte[] OtherS(ReadOnlySpan<byte> s) => Octets(Order - Number(s));

    /// <summary>RFC 6979, 3.2, steps b to h, with HMAC-SHA-256.</summary>
    private IEnumerable<byte[]> Nonces(byte[] digest)
    {
        byte[] seed = [.. _scalar, .. Octets(Number(digest) % Order)];
        var value = Enumerable.Repeat((byte)1, 32).ToArray();
        var key = new byte[32];
        for (byte step = 0; step < 2; step++)
        {
            byte[] first = [.. value, step, .. seed];
            key = HMACSHA256.HashData(key, first);
            value = HMACSHA256.HashData(key, value);
        }

        while (true)
        {
            value = HMACSHA256.HashData(key, value);
            var nonce = Number(value);
            if (!nonce.IsZero && nonce < Order)
            {
                yield return value;
            }

            byte[] next = [.. value, 0];
            key = HMACSHA256.HashData(key, next);
            value = HMACSHA256.HashData(key, value);
        }
    }

    private static ECDsa Import(ReadOnlySpan<byte> scalar) =>
        ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar.ToArray() });

    private static BigInteger Number(ReadOnlySpan<byte> octets) => new(octets, isUnsigned: true, isBigEndian: true);

    private static byte[] Octets(BigInteger number)
    {
        var octets = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - octets.Length], .. octets];
    }
}
