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
    /// Runs every check that can be run on a receipt, record-proof or statement file. Never throws: what is no such file fails the check
    /// <see cref="CheckNames.WellFormed"/>. Without a genesis hash <see cref="CheckNames.Anchored"/> fails, since anybody
    /// can make a chain of his own. With an account the check <see cref="CheckNames.Account"/> is added: the file may be true and about
    /// another account.
    /// </summary>
    public static Verification Verify(ReadOnlySpan<byte> file, Hash256? genesisHash, Address? account = null)
    {
        var kind = ProofFile.KindOf(file);
        try
        {
            return kind switch
            {
                ProofFileKind.Receipt => Verify(Receipt.Decode(file), genesisHash, account),
                ProofFileKind.RecordProof => Verify(RecordProofFile.Decode(file), genesisHash, account),
                ProofFileKind.Statement => Verify(Statement.Decode(file), genesisHash, account),
                _ => Malformed(kind, "expected a file that starts with ActorsR1, ActorsP1 or ActorsL1").AboutNothing(account),
            };
        }
        catch (MalformedException malformed)
        {
            return Malformed(kind, malformed.Message).AboutNothing(account);
        }
    }

    private static Verification Verify(Receipt receipt, Hash256? genesisHash, Address? account) =>
        ReceiptChecks.Run(receipt, genesisHash).About(account, receipt.Anchor.Genesis.ChainId, null);

    private static Verification Verify(RecordProofFile proof, Hash256? genesisHash, Address? account) =>
        RecordChecks.Run(proof, genesisHash).About(account, proof.Anchor.Genesis.ChainId, proof.Account);

    private static Verification Verify(Statement statement, Hash256? genesisHash, Address? account) =>
        StatementChecks.Run(statement, genesisHash).About(account, statement.Anchor.Genesis.ChainId, statement.Account);

    private static Verification Malformed(ProofFileKind kind, string reason)
    {
        var list = new CheckList(CheckNames.Of(kind, keyChanges: 0));
        list.Add(CheckNames.WellFormed, Finding.Fail(reason));
        return new Verification(kind, list.Checks);
    }
}
