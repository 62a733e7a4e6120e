using Actors.Ledger.Hashing;
using Actors.Ledger.Signing;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Transactions;

/// <summary>
/// What a client submits: a transaction and its signatures, each with the whole public key, so that checking them needs
/// no state. Which keysets those keys belong to is decided when the transaction is executed.
/// </summary>
public sealed class Envelope
{
    public const byte Version = 1;
    internal const int SignatureBytes = 1 + PublicKey.Size + Signature.Size;

    private Envelope(Transaction transaction, Signer[] signers)
    {
        Transaction = transaction;
        Signers = signers;
    }

    public Transaction Transaction { get; }

    /// <summary>In the order submitted; 1 to 64, no key twice; none for a transaction that rests on proof. Not yet checked.</summary>
    public IReadOnlyList<Signer> Signers { get; }

    /// <summary>Decodes an envelope. The memory must not change while the envelope lives.</summary>
    /// <exception cref="MalformedException">With the outcome that says why.</exception>
    public static Envelope Parse(ReadOnlyMemory<byte> bytes, in Hash256 genesis)
    {
        if (bytes.Length > Limits.EnvelopeBytesMax)
        {
            throw new MalformedException(Outcome.TooLarge, $"envelope has {bytes.Length} bytes, at most {Limits.EnvelopeBytesMax} are allowed");
        }

        var reader = new WireReader(bytes.Span);
        var version = reader.U8();
        if (version != Version)
        {
            throw new MalformedException(Outcome.UnsupportedVersion, $"envelope version is {version}, expected {Version}");
        }

        var chain = reader.Hash();
        if (chain != genesis)
        {
            throw new MalformedException(Outcome.WrongChain, $"the transaction is for the chain with genesis {chain}, this is {genesis}");
        }

        var expiry = new Timestamp(reader.U48());
        var kind = (TransactionKind)reader.U8();
        var count = (int)reader.Varint(1, Limits.OperationsPerTransactionMax, "operation count");
        var length = (int)reader.Varint(1, Limits.EnvelopeBytesMax, "operations length");
        var start = reader.Position;
        reader.Bytes(length);
        var signers = ReadSigners(ref reader, kind);
        return new Envelope(Transaction.Create(genesis, expiry, kind, count, bytes.Slice(start, length)), signers);
    }

    public static byte[] Encode(in Hash256 genesis, Transaction transaction, IReadOnlyList<Signer> signers)
    {
        var writer = new WireWriter(transaction.Operations.Length + 64 + (signers.Count * SignatureBytes));
        writer.U8(Version);
        writer.Hash(genesis);
        writer.U48(transaction.Expiry.Ms);
        writer.U8((byte)transaction.Kind);
        writer.Varint((ulong)transaction.OperationCount);
        writer.Sized(transaction.Operations.Span);
        writer.U8(checked((byte)signers.Count));
        foreach (var signer in signers)
        {
            writer.U8((byte)SignatureScheme.Es256);
            writer.Bytes(signer.Key.AsSpan());
            writer.Bytes(signer.Signature.AsSpan());
        }

        return writer.ToArray();
    }

    private static Signer[] ReadSigners(ref WireReader reader, TransactionKind kind)
    {
        var count = reader.U8();
        if (kind == TransactionKind.Proven)
        {
            reader.End(count == 0 ? "envelope" : throw new MalformedException(Outcome.SurplusSignature, "a transaction of kind 3 (proven) carries no signature"));
            return [];
        }

        if (count is 0 or > Limits.SignaturesPerTransactionMax)
        {
            throw count == 0
                ? new MalformedException(Outcome.MissingSignature, "the transaction carries no signature")
                : new MalformedException($"signature count is {count}, at most {Limits.SignaturesPerTransactionMax} are allowed");
        }

        var signers = new Signer[count];
        for (var i = 0; i < count; i++)
        {
            var scheme = reader.U8();
            if (scheme != (byte)SignatureScheme.Es256)
            {
                throw new MalformedException(Outcome.UnsupportedScheme, $"signature {i} has scheme {scheme}, expected 1 (ES256)");
            }

            signers[i] = new Signer(new PublicKey(reader.Bytes(PublicKey.Size)), new Signature(reader.Bytes(Signature.Size)));
            RefuseDuplicate(signers.AsSpan(0, i), signers[i], i);
        }

        reader.End("envelope");
        return signers;
    }

    private static void RefuseDuplicate(ReadOnlySpan<Signer> earlier, in Signer signer, int index)
    {
        foreach (ref readonly var other in earlier)
        {
            if (other.Key == signer.Key)
            {
                throw new MalformedException(Outcome.DuplicateSigner, $"signature {index} is by a key that signed before");
            }
        }
    }
}
