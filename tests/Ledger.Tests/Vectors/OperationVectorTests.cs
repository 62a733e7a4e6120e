using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Tests.Vectors;

/// <summary>docs/wire-format.md section 5.</summary>
public sealed class OperationVectorTests
{
    private static readonly string Key = FixedKey.Named("one").Public.ToString();

    /// <summary>Bytes that are no operation.</summary>
    private static readonly (string Why, string Bytes)[] Refused =
    [
        ("no bytes", ""),
        ("type 0", "0000"),
        ("type 17", "1100"),
        ("an unknown flag of a transfer", "0504" + "020464"),
        ("an unknown flag of a note", "0d02" + "04" + new string('0', 64) + "00"),
        ("flags that exclude each other", "040a" + "04020a" + "00"),
        ("a keyset numbered 0", "0f00" + "00"),
        ("an account numbered 0", "0c00" + "00"),
        ("an overlong account number", "0c00" + "8400"),
        ("an offset of 1,000,000,000", "0c00" + "01" + "8094ebdc03"),
        ("an amount of 2^63", "0500" + "0204" + "80808080808080808001"),
        ("an empty reference", "0502" + "020464" + "00"),
        ("a reference of 17 bytes", "0502" + "020464" + "11" + new string('0', 34)),
        ("a scale of 10", "0300" + "02" + "0a" + "03455552"),
        ("a code in small letters", "0300" + "02" + "02" + "03657572"),
        ("a code of no letters", "0300" + "02" + "02" + "00"),
        ("a range of no accounts", "0400" + "0402" + "00"),
        ("a range of 1,000,000,001 accounts", "0400" + "0402" + "8194ebdc03"),
        ("a floor of 0 in a range", "0402" + "0402" + "02" + "00"),
        ("a floor of -2^63", "0900" + "04" + "ffffffffffffffffff01"),
        ("a ceiling of 2^63-1", "0a00" + "04" + "feffffffffffffffff01"),
        ("an alias in capitals", "1000" + "04" + "03455552"),
        ("an alias of 33 letters", "1000" + "04" + "21" + string.Concat(Enumerable.Repeat("61", 33))),
        ("an unknown scheme of a sealing key", "0e00" + "02" + new string('1', 128)),
        ("a keyset of no keys", "0100" + "0100"),
        ("a keyset whose threshold cannot be reached", "0100" + "0201" + "0101" + Key),
        ("a transfer that ends early", "0500" + "0204"),
        ("a byte left over", "0c00" + "0400"),
    ];

    /// <summary>Operations that are well-formed alone but not as a whole transaction.</summary>
    private static readonly (string Why, int Count, string Bytes)[] RefusedTogether =
    [
        ("the last operation is linked", 1, "0c01" + "04"),
        ("nothing was created", 1, "0c00" + "0100"),
        ("a keyset is no account", 2, "0100" + "0101" + "0101" + Key + "0c00" + "0100"),
        ("what is named is created later", 2, "0f00" + "01" + "0100" + "0101" + "0101" + Key),
        ("an operation names itself", 1, "0300" + "01" + "00" + "0141"),
        ("more operations than counted", 1, "0c00" + "04" + "0c00" + "04"),
        ("fewer operations than counted", 2, "0c00" + "04"),
    ];

    [Fact]
    public void Operations_are_as_pinned()
    {
        foreach (var (why, bytes) in Refused)
        {
            Assert.True(Throws(() => Whole(1, Convert.FromHexString(bytes))), why);
            Assert.True(Throws(() => OperationCodec.Read(Convert.FromHexString(bytes))), why);
        }

        foreach (var (why, count, bytes) in RefusedTogether)
        {
            Assert.True(Throws(() => Whole(count, Convert.FromHexString(bytes))), why);
        }

        var referring = OperationCodec.Encode([.. OperationVectors.Referring.Select(vector => vector.Operation)]);
        var transaction = Whole(OperationVectors.Referring.Count, referring);
        VectorFile.Pins("05-operations", new
        {
            section = "5. Operations",
            operations = OperationVectors.All.Select(Describe),
            transaction = new
            {
                operations = OperationVectors.Referring.Select((vector, i) => new { name = vector.Name, fields = vector.Fields, bytes = transaction.Operation(i).Hex() }),
                bytes = referring.Hex(),
                root = transaction.OperationsRoot.ToString(),
            },
            refused = Refused.Select(refused => new { why = refused.Why, bytes = refused.Bytes }),
            refusedTogether = RefusedTogether.Select(refused => new { why = refused.Why, count = refused.Count, bytes = refused.Bytes }),
        });
    }

    private static object Describe(OperationVector vector)
    {
        var bytes = OperationCodec.Encode([vector.Operation]);
        Assert.Equal(bytes, OperationCodec.Encode([OperationCodec.Read(bytes)]));
        return new { name = vector.Name, fields = vector.Fields, bytes = bytes.Hex() };
    }

    private static Transaction Whole(int count, byte[] bytes) => Transaction.Create(Hash256.Zero, new Timestamp(1), TransactionKind.Atomic, count, bytes);

    private static bool Throws(Func<object> read)
    {
        try
        {
            read();
            return false;
        }
        catch (MalformedException)
        {
            return true;
        }
    }
}
