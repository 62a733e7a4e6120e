using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Proofs;

/// <summary>An operation as a receipt shows it. Outcome is null where another operation's refusal undid it. Created: 0 for none.</summary>
public sealed record ProvenOperation(int Index, IOperation Operation, Outcome? Outcome, ulong Created)
{
    /// <summary>What a receive told the chain that sent the packets.</summary>
    public Acknowledgement? Acknowledgement { get; init; }
}

/// <summary>A transaction as a receipt shows it: all of its operations or one.</summary>
public sealed record ProvenTransaction(TransactionId Id, TransactionPlace Place, Timestamp Time, Outcome Outcome, IReadOnlyList<ProvenOperation> Operations);

/// <summary>Checks of a receipt file.</summary>
internal static class ReceiptChecks
{
    public static Verification Run(Receipt receipt, Hash256? genesisHash)
    {
        var (anchor, proof) = receipt;
        var list = new CheckList(CheckNames.Of(ProofFileKind.Receipt, anchor.KeyChanges.Count));
        list.Add(CheckNames.WellFormed, Finding.Pass("the file is a receipt and undamaged"));
        AnchorChecks.Run(list, anchor, genesisHash);
        var findings = OperationFindings.Of(proof, anchor.Header);
        list.Add(CheckNames.OperationsRoot, findings.OperationsRoot);
        list.Add(CheckNames.TransactionsRoot, findings.TransactionsRoot);
        list.Add(CheckNames.OutcomesRoot, findings.OutcomesRoot);
        list.Add(CheckNames.Outcome, findings.Outcome);
        var place = new TransactionPlace(anchor.Header.Height, proof.TransactionIndex);
        var transaction = new ProvenTransaction(findings.Id, place, anchor.Header.Time, proof.Effect.Outcome, Operations(proof));
        return new Verification(ProofFileKind.Receipt, list.Checks) { Transaction = transaction, Claims = Claims(anchor, proof, transaction) };
    }

    private static List<ProvenOperation> Operations(OperationProof proof)
    {
        var operations = new List<ProvenOperation>();
        for (var i = proof.Shown.First; i < proof.Shown.End; i++)
        {
            var created = proof.Effect.Outcome == Outcome.Committed ? proof.Effect.Find(i).Created : 0;
            var written = proof.Effect.Outcome == Outcome.Committed ? proof.Effect.Find(i).Acknowledgement : null;
            operations.Add(new ProvenOperation(i, proof.Shown.Decode(i), proof.Effect.OutcomeOf(i), created)
            {
                Acknowledgement = written is null ? null : Acknowledgement.Parse(written.Leaf.Span),
            });
        }

        return operations;
    }

    private static List<Claim> Claims(Anchor anchor, OperationProof proof, ProvenTransaction transaction)
    {
        var claims = new List<Claim>
        {
            new("chain", anchor.Genesis.ChainId.Value),
            new("transaction", transaction.Id.ToString()),
            new("block", $"{anchor.Header.Height}, transaction {proof.TransactionIndex}, sealed at {Words.Of(anchor.Header.Time)}"),
            new("kind", $"{Words.Of(proof.Kind)}, {proof.OperationCount} operations, {(proof.Operation is null ? "all" : "one")} shown"),
            new("outcome", Words.Of(transaction.Outcome)),
        };
        foreach (var operation in transaction.Operations)
        {
            claims.Add(new Claim($"operation {operation.Index}", $"{Words.Of(operation.Operation)}: {Result(operation)}"));
        }

        return claims;
    }

    private static string Result(ProvenOperation operation) =>
        operation.Outcome is not { } outcome ? "undone with its transaction"
        : operation.Operation is Send or SendMessage && outcome == Outcome.Committed ? $"{Words.Of(outcome)}, sent as packet {operation.Created}"
        : operation.Acknowledgement is { } acknowledgement ? $"{Words.Of(outcome)}, {Words.Of(acknowledgement)}"
        : operation.Created > 0 ? $"{Words.Of(outcome)}, created {operation.Created}"
        : Words.Of(outcome);
}
