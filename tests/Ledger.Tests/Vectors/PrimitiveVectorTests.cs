using System.Text;
using Actors.Ledger.Signing;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Tests.Vectors;

/// <summary>docs/wire-format.md section 1.</summary>
public sealed class PrimitiveVectorTests
{
    private static readonly ulong[] Varints = [0, 1, 127, 128, 300, 16_383, 16_384, uint.MaxValue, long.MaxValue, ulong.MaxValue];
    private static readonly long[] Zigzags = [0, -1, 1, -2, 63, -64, 64, 1_000_000, long.MaxValue, long.MinValue];

    private static readonly (string Why, string Bytes)[] RefusedVarints =
    [
        ("no bytes", ""),
        ("the last byte says that another follows", "80"),
        ("zero in two bytes", "8000"),
        ("one in three bytes", "818000"),
        ("2^64", "80808080808080808002"),
        ("eleven bytes", "8080808080808080808000"),
        ("a byte left over", "0100"),
    ];

    [Fact]
    public void Integers_keys_and_signatures_are_as_pinned()
    {
        foreach (var (why, bytes) in RefusedVarints)
        {
            Assert.True(IsRefused(Convert.FromHexString(bytes)), why);
        }

        VectorFile.Pins("01-primitives", new
        {
            section = "1. Primitives",
            varint = Varints.Select(value => new { value = value.ToString(), bytes = Written(writer => writer.Varint(value)) }),
            zigzag = Zigzags.Select(value => new { value = value.ToString(), bytes = Written(writer => writer.Zigzag(value)) }),
            varintRefused = RefusedVarints.Select(refused => new { why = refused.Why, bytes = refused.Bytes }),
            signatures = Signatures(),
        });
    }

    private static List<object> Signatures()
    {
        var key = FixedKey.Named("signer");
        var message = Encoding.ASCII.GetBytes("the bytes that are signed");
        var low = key.Sign(message);
        var offCurve = key.Public.AsSpan().ToArray();
        offCurve[63] ^= 1;
        return
        [
            Signature("by the key", key.Public, message, low, true),
            Signature("high-S: n - s", key.Public, message, new Signature([.. low.AsSpan()[..32], .. FixedKey.OtherS(low.AsSpan()[32..])]), false),
            Signature("of another message", key.Public, [.. message, 0], low, false),
            Signature("by another key", FixedKey.Named("another signer").Public, message, low, false),
            Signature("the key is not a point of the curve", new PublicKey(offCurve), message, low, false),
            Signature("r is zero", key.Public, message, new Signature([.. new byte[32], .. low.AsSpan()[32..]]), false),
            Signature("s is zero", key.Public, message, new Signature([.. low.AsSpan()[..32], .. new byte[32]]), false),
        ];
    }

    private static object Signature(string name, PublicKey key, byte[] message, Signature signature, bool verifies)
    {
        Assert.Equal(verifies, Es256.Verify(key, message, signature));
        return new { name, key = key.ToString(), message = message.Hex(), signature = signature.ToString(), verifies };
    }

    private static string Written(Action<WireWriter> write)
    {
        var writer = new WireWriter();
        write(writer);
        return writer.Written.Hex();
    }

    private static bool IsRefused(byte[] bytes)
    {
        try
        {
            var reader = new WireReader(bytes);
            reader.Varint();
            reader.End("number");
            return false;
        }
        catch (MalformedException)
        {
            return true;
        }
    }
}
