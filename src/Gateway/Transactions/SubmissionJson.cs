using System.Text.Json.Serialization;
using Actors.Gateway.Json.Operations;
using Actors.Gateway.Problems;
using Actors.Ledger;
using Actors.Ledger.Hashing;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Gateway.Transactions;

/// <summary>A transaction before anybody signed it.</summary>
internal record UnsignedJson(Timestamp Expiry, TransactionKind Kind, IReadOnlyList<OperationJson> Operations)
{
    /// <exception cref="MalformedException">An operation, a reference, a count or a bound is wrong.</exception>
    /// <exception cref="RefusedException">An operation is null, or names an account of another chain.</exception>
    public Transaction ToTransaction(in Hash256 genesis, ChainId chain)
    {
        var writer = new WireWriter();
        for (var i = 0; i < Operations.Count; i++)
        {
            Write(writer, Operations[i], i, chain);
        }

        return Transaction.Create(genesis, Expiry, Kind, Operations.Count, writer.WrittenMemory);
    }

    private static void Write(WireWriter writer, OperationJson? operation, int index, ChainId chain)
    {
        try
        {
            (operation ?? throw new MalformedException("it is null")).ToOperation(chain).Write(writer);
        }
        catch (MalformedException e)
        {
            throw new RefusedException(e.Outcome, $"operation {index}: {e.Message}");
        }
    }
}

/// <summary>A transaction and who signed it.</summary>
internal sealed record SubmissionJson(Timestamp Expiry, TransactionKind Kind, IReadOnlyList<OperationJson> Operations, IReadOnlyList<SignatureJson> Signatures)
    : UnsignedJson(Expiry, Kind, Operations)
{
    /// <summary>The envelope that it stands for. Signatures are not looked at beyond their form.</summary>
    /// <exception cref="MalformedException">As of the transaction, or too many signatures.</exception>
    public byte[] ToEnvelope(in Hash256 genesis, ChainId chain)
    {
        if (Signatures.Count > Limits.SignaturesPerTransactionMax)
        {
            throw new MalformedException($"signature count is {Signatures.Count}, at most {Limits.SignaturesPerTransactionMax} are allowed");
        }

        var signers = new Signer[Signatures.Count];
        for (var i = 0; i < signers.Length; i++)
        {
            signers[i] = Signatures[i].ToSigner(i);
        }

        return Envelope.Encode(genesis, ToTransaction(genesis, chain), signers);
    }
}

/// <summary>One signature, as r and s or in DER.</summary>
internal readonly record struct SignatureJson(PublicKey Key)
{
    /// <summary>r then s, 128 hex digits; s must be low.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Json.HexBytes? Signature { get; init; }

    /// <summary>What openssl writes, in hex; a high s is made low.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Json.HexBytes? SignatureDer { get; init; }

    public Signer ToSigner(int index) => (Signature, SignatureDer) switch
    {
        ({ Value: { Length: Ledger.Signing.Signature.Size } bytes }, null) => new Signer(Key, new Signature(bytes.Span)),
        ({ Value.Length: var found }, null) => throw new MalformedException($"signature {index} has {found} bytes, expected {Ledger.Signing.Signature.Size}"),
        (null, { Value: var der }) => new Signer(Key, DerSignature.Parse(der.Span, index)),
        _ => throw new MalformedException($"signature {index} must have one of signature and signatureDer"),
    };
}
