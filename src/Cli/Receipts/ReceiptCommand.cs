using System.CommandLine;
using System.Text.Json.Nodes;
using Actors.Cli.Accounts;
using Actors.Cli.Terminals;
using Actors.Cli.Transactions;

namespace Actors.Cli.Receipts;

/// <summary><c>actors receipt get</c>: a file that <c>actors verify</c> checks with no network.</summary>
internal static class ReceiptCommand
{
    public static Command Create(CommandRunner runner) => new("receipt", "Receipts: proofs of what became of a transaction.") { Get(runner) };

    private static Command Get(CommandRunner runner)
    {
        var id = TransactionCommand.IdArgument();
        var operation = new Option<int?>("--operation") { Description = "Only of this operation (from 0), without showing the others." };
        var file = ProofFile.OutOption();
        return runner.RunAsync(new Command("get", "Fetch the receipt of a transaction.") { id, operation, file }, async (session, cancellation) =>
        {
            var text = session.Get(id).ToString();
            var receipt = await session.Node(runner.Common).GetReceiptAsync(session.Chain(runner.Common), text, session.Find(operation), cancellation);
            await ProofFile.WriteAsync(session, session.Find(file) ?? $"{text}.receipt", receipt, new JsonObject { ["id"] = text }, cancellation);
        });
    }
}
