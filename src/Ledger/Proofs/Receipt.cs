using Actors.Ledger.Wire;

namespace Actors.Ledger.Proofs;

/// <summary>
/// What a client keeps of a transaction: a file that proves to anybody who knows the genesis hash that the chain recorded it and
/// what became of it, committed or refused (docs/wire-format.md section 8.3).
/// </summary>
public sealed record Receipt(Anchor Anchor, OperationProof Proof)
{
    /// <summary>The receipt file; the proof is one against the anchor's header.</summary>
    public static byte[] Encode(Anchor anchor, OperationProof proof)
    {
        var writer = ProofFile.Begin(ProofFileKind.Receipt);
        anchor.Write(writer);
        proof.Write(writer);
        return ProofFile.End(writer);
    }

    /// <summary>Decodes a receipt file. Form only: nothing is verified but the file hash.</summary>
    /// <exception cref="MalformedException">The bytes are no receipt file.</exception>
    public static Receipt Decode(ReadOnlySpan<byte> file)
    {
        var reader = ProofFile.Open(file, ProofFileKind.Receipt);
        var receipt = new Receipt(Anchor.Read(ref reader), OperationProof.Read(ref reader));
        reader.End("receipt");
        return receipt;
    }
}
