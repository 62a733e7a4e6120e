using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Hashing;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Proofs;

/// <summary>
/// Checks proof files with no network and no trust but in the genesis hash that the verifier holds. Naive: ask the node
/// whether the file is right; then the node can say anything to anyone. Here everything follows from the file's bytes: the
/// genesis document by its hash, the sealing key from the genesis over each change, the header by its seal, the rest by paths to
/// the header's roots. What a seal cannot show: that the operator keyset signed a change of key (the seal vouches for
/// that), and that the chain did not seal another block at the same height.
/// </summary>
public static class ProofVerifier
{
    /// <summary>
    /// Runs every check that can be run on a proof file of any kind. Never throws: what is no such file fails the check
    /// <see cref="CheckNames.WellFormed"/>. Without a genesis hash <see cref="CheckNames.Anchored"/> fails, since anybody
    /// can make a chain of his own.
    /// </summary>
    public static Verification Verify(ReadOnlySpan<byte> file, Hash256? genesisHash)
    {
        var kind = ProofFile.KindOf(file);
        try
        {
            return kind switch
            {
                ProofFileKind.Receipt => ReceiptChecks.Run(Receipt.Decode(file), genesisHash),
                ProofFileKind.RecordProof => RecordChecks.Run(RecordProofFile.Decode(file), genesisHash),
                ProofFileKind.Statement => StatementChecks.Run(Statement.Decode(file), genesisHash),
                ProofFileKind.Packet => PacketChecks.Run(PacketProof.Decode(file), genesisHash),
                ProofFileKind.Equivocation => EquivocationChecks.Run(Equivocation.Decode(file), genesisHash),
                _ => Malformed(kind, "expected a file that starts with ActorsR1, ActorsP1, ActorsL1, ActorsK1 or ActorsE1"),
            };
        }
        catch (MalformedException malformed)
        {
            return Malformed(kind, malformed.Message);
        }
    }

    private static Verification Malformed(ProofFileKind kind, string reason)
    {
        var list = new CheckList(CheckNames.Of(kind, keyChanges: 0));
        list.Add(CheckNames.WellFormed, Finding.Fail(reason));
        return new Verification(kind, list.Checks);
    }
}
