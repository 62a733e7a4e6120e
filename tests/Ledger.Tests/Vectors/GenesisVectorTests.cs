using Actors.Ledger.Chains;
using Actors.Ledger.Keysets;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Tests.Vectors;

/// <summary>docs/wire-format.md section 3.</summary>
public sealed class GenesisVectorTests
{
    private static readonly FixedKey First = FixedKey.Named("operator 1");
    private static readonly FixedKey Second = FixedKey.Named("operator 2");
    private static readonly FixedKey Sealing = FixedKey.Named("sealing");

    [Fact]
    public void Genesis_documents_are_as_pinned()
    {
        var plain = Genesis.Create(new GenesisSettings(ChainId.Parse("a"), new Timestamp(ChainFixture.CreatedMs), First.Keyset, Sealing.Public));
        var other = Genesis.Create(new GenesisSettings(
            ChainId.Parse("bank-7"),
            new Timestamp(ChainFixture.CreatedMs),
            new KeysetDefinition(300, [new WeightedKey(First.Public, 255), new WeightedKey(Second.Public, 45)]),
            Sealing.Public)
        {
            LeafRecords = 1,
            BlockOperationsMax = 8_192,
            BlockBytesMax = 2 << 20,
            ValidityMs = 1_000,
            OpenWithoutIssuerMax = 0,
        });
        VectorFile.Pins("03-genesis", new
        {
            section = "3. Genesis",
            accepted = new[] { Describe(plain), Describe(other) },
            refused = Refusals(plain.Encoded.ToArray(), other.Encoded.ToArray()),
        });
    }

    private static object Describe(Genesis genesis) => new
    {
        chainId = genesis.ChainId.Value,
        createdMs = genesis.Settings.Created.Ms,
        @operator = OperationVectors.Keyset(genesis.Settings.Operator),
        sealingKey = genesis.Settings.SealingKey.ToString(),
        leafRecords = genesis.Settings.LeafRecords,
        operationsMax = genesis.Settings.BlockOperationsMax,
        bytesMax = genesis.Settings.BlockBytesMax,
        validityMs = genesis.Settings.ValidityMs,
        openMax = genesis.Settings.OpenWithoutIssuerMax,
        bytes = genesis.Encoded.Hex(),
        hash = genesis.Hash.ToString(),
    };

    /// <summary>Places in the plain document, whose chain id has one letter and whose operator has one key.</summary>
    private static List<object> Refusals(byte[] plain, byte[] other)
    {
        const int idAt = 9, thresholdAt = 16, keysAt = 17, schemeAt = 18, weightAt = 19, sealingSchemeAt = 84;
        const int leafRecordsAt = 149, operationsAt = 150, bytesAt = 154, validityAt = 158, openMaxAt = 162, featuresAt = 166;
        return
        [
            Refused("another magic", With(plain, 7, (byte)'2')),
            Refused("a chain id from a capital", With(plain, idAt, (byte)'A')),
            Refused("a chain id of no letters", [.. plain[..(idAt - 1)], 0, .. plain[(idAt + 1)..]]),
            Refused("a chain id that ends with -", [.. plain[..(idAt - 1)], 2, (byte)'a', (byte)'-', .. plain[(idAt + 1)..]]),
            Refused("a threshold of 0", With(plain, thresholdAt, 0)),
            Refused("a threshold above the weights", With(plain, thresholdAt, 2)),
            Refused("an overlong threshold", [.. plain[..thresholdAt], 0x81, 0, .. plain[keysAt..]]),
            Refused("a keyset of no keys", [.. plain[..keysAt], 0, .. plain[sealingSchemeAt..]]),
            Refused("an unknown scheme of a key", With(plain, schemeAt, 2)),
            Refused("a weight of 0", With(plain, weightAt, 0)),
            Refused("an unknown sealing scheme", With(plain, sealingSchemeAt, 0)),
            Refused("3 leaf records", With(plain, leafRecordsAt, 3)),
            Refused("128 leaf records", With(plain, leafRecordsAt, 128)),
            Refused("too many operations a block", With(plain, operationsAt, 1)),
            Refused("too many bytes a block", With(plain, bytesAt, 2)),
            Refused("a validity of 0", [.. plain[..validityAt], 0, 0, 0, 0, .. plain[openMaxAt..]]),
            Refused("too many accounts opened without the issuer", With(plain, openMaxAt, 0x40)),
            Refused("an unknown feature", With(plain, featuresAt + 7, 1)),
            Refused("a byte left over", [.. plain, 0]),
            Refused("a byte missing", plain[..^1]),
            Refused("the same key twice", TwiceTheFirstKey(other)),
        ];
    }

    private static byte[] TwiceTheFirstKey(byte[] other)
    {
        const int firstKeyAt = 26, secondKeyAt = 92;
        var twice = other.ToArray();
        other.AsSpan(firstKeyAt, 64).CopyTo(twice.AsSpan(secondKeyAt));
        return twice;
    }

    private static object Refused(string why, byte[] bytes)
    {
        Assert.Throws<MalformedException>(() => Genesis.Parse(bytes));
        return new { why, bytes = bytes.Hex() };
    }

    private static byte[] With(byte[] bytes, int at, byte value)
    {
        Assert.NotEqual(bytes[at], value);
        var changed = bytes.ToArray();
        changed[at] = value;
        return changed;
    }
}
