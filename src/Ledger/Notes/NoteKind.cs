using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Notes;

internal sealed class NoteKind : OperationKind<Note>
{
    public override OperationType Type => OperationType.Note;

    protected override void Authorize(in Note operation, AuthorityPass pass) => pass.RequireKeyset(operation.Author);

    protected override Outcome Execute(in Note operation, TransactionExecution execution) =>
        execution.Keyset(operation.Author, out _);
}
