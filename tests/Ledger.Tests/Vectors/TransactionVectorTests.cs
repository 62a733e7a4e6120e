using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Tests.Vectors;

/// <summary>docs/wire-format.md section 4.</summary>
public sealed class TransactionVectorTests
{
    private static readonly Hash256 Chain = Sha256.Of("a genesis"u8);
    private static readonly Timestamp Expiry = new(1_800_000_060_000);
    private static readonly FixedKey Alice = FixedKey.Named("alice");
    private static readonly FixedKey Bob = FixedKey.Named("bob");

    [Fact]
    public void Signed_bytes_ids_and_envelopes_are_as_pinned() => VectorFile.Pins("04-transactions", new
    {
        section = "4. Transaction",
        accepted = new[]
        {
            Describe("one operation, one signature", TransactionKind.Atomic, OperationVectors.All.Where(vector => vector.Name == "transfer"), Alice),
            Describe("a bulk, two signatures", TransactionKind.Bulk, OperationVectors.All.Where(vector => vector.Name is "transfer" or "post" or "freeze"), Bob, Alice),
            Describe("references to what it creates", TransactionKind.Atomic, OperationVectors.Referring, Alice),
        },
        refused = Refusals(),
    });

    private static object Describe(string name, TransactionKind kind, IEnumerable<OperationVector> vectors, params Key[] signers)
    {
        var operations = vectors.ToList();
        var transaction = Make(kind, [.. operations.Select(vector => vector.Operation)]);
        var envelope = Envelop(transaction, signers);
        Assert.Equal(transaction.Id, Envelope.Parse(envelope, Chain).Transaction.Id);
        return new
        {
            name,
            genesisHash = Chain.ToString(),
            expiryMs = Expiry.Ms,
            kind = (int)kind,
            operations = operations.Select(vector => vector.Fields),
            operationsRoot = transaction.OperationsRoot.ToString(),
            signedBytes = transaction.SignedMessage.Hex(),
            id = transaction.Id.ToString(),
            signatures = signers.Select(key => new { key = key.Public.ToString(), signature = key.Sign(transaction.SignedMessage.Span).ToString() }),
            envelope = envelope.Hex(),
        };
    }

    private static Transaction Make(TransactionKind kind, IReadOnlyList<IOperation> operations) =>
        Transaction.Create(Chain, Expiry, kind, operations.Count, OperationCodec.Encode(operations));

    private static byte[] Envelop(Transaction transaction, params Key[] signers) =>
        Envelope.Encode(Chain, transaction, [.. signers.Select(key => new Signer(key.Public, key.Sign(transaction.SignedMessage.Span)))]);

    private static List<object> Refusals()
    {
        const int kindAt = 39, countAt = 40, lengthAt = 41, operationsAt = 42;
        var transaction = Make(TransactionKind.Atomic, [OperationVectors.All.First(vector => vector.Name == "transfer").Operation]);
        var good = Envelop(transaction, Alice);
        var signaturesAt = operationsAt + good[lengthAt];
        var schemeAt = signaturesAt + 1;
        return
        [
            Refused("version 2", With(good, 0, 2)),
            Refused("kind 0", With(good, kindAt, 0)),
            Refused("kind 3", With(good, kindAt, 3)),
            Refused("no operations", With(good, countAt, 0)),
            Refused("more operations than counted", With(good, countAt, 2)),
            Refused("an overlong operation count", [.. good[..countAt], 0x81, 0, .. good[lengthAt..]]),
            Refused("8,193 operations", [.. good[..countAt], 0x81, 0x40, .. good[lengthAt..]]),
            Refused("no signature", [.. good[..signaturesAt], 0]),
            Refused("65 signatures", With(good, signaturesAt, 65)),
            Refused("an unknown scheme", With(good, schemeAt, 2)),
            Refused("a key that signs twice", [.. good[..signaturesAt], 2, .. good[schemeAt..], .. good[schemeAt..]]),
            Refused("a byte left over", [.. good, 0]),
            Refused("a byte missing", good[..^1]),
            NotSigned("a signature of another expiry", With(good, kindAt - 1, 0)),
            NotSigned("a high-S signature", HighS(good)),
            NotSigned("a signature by another key", Envelope.Encode(Chain, transaction, [new Signer(Bob.Public, Alice.Sign(transaction.SignedMessage.Span))])),
        ];
    }

    private static object Refused(string why, byte[] envelope)
    {
        Assert.Throws<MalformedException>(() => Envelope.Parse(envelope, Chain));
        return new { why, envelope = envelope.Hex() };
    }

    private static object NotSigned(string why, byte[] envelope)
    {
        var parsed = Envelope.Parse(envelope, Chain);
        var (key, signature) = parsed.Signers[0];
        Assert.False(Es256.Verify(key, parsed.Transaction.SignedMessage.Span, signature), why);
        return new { why, envelope = envelope.Hex() };
    }

    private static byte[] With(byte[] bytes, int at, byte value)
    {
        Assert.NotEqual(bytes[at], value);
        var changed = bytes.ToArray();
        changed[at] = value;
        return changed;
    }

    private static byte[] HighS(byte[] envelope) => [.. envelope[..^32], .. FixedKey.OtherS(envelope.AsSpan()[^32..])];
}
