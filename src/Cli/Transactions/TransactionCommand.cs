using System.CommandLine;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Ledger.Transactions;

namespace Actors.Cli.Transactions;

/// <summary><c>actors transaction show|send</c>: ask by id, and send kept bytes again.</summary>
internal static class TransactionCommand
{
    public static Command Create(CommandRunner runner) => new("transaction", "Ask what became of a transaction, or send its bytes again.")
    {
        Show(runner),
        Send(runner),
    };

    public static Argument<TransactionId> IdArgument() => Parser.Argument("ID", "The transaction's id, 64 hex digits.", text =>
        TransactionId.TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is not a transaction id: expected 64 hex digits"));

    private static Command Show(CommandRunner runner)
    {
        var id = IdArgument();
        return runner.RunAsync(new Command("show", "What became of a transaction.") { id }, async (session, cancellation) =>
        {
            var chain = session.Chain(runner.Common);
            var answer = await session.Node(runner.Common).FindTransactionAsync(chain, session.Get(id).ToString(), cancellation);
            return TransactionReport.Write(session, chain, null, answer);
        });
    }

    private static Command Send(CommandRunner runner)
    {
        var file = new Argument<string>("FILE") { Description = "Signed bytes, as --save keeps them." };
        return runner.RunAsync(new Command("send", "Submit signed bytes. Sent again, they get the first answer again.") { file }, async (session, cancellation) =>
        {
            var chain = session.Chain(runner.Common);
            var envelope = await File.ReadAllBytesAsync(session.Get(file), cancellation);
            var node = session.Node(runner.Common);
            var genesis = await node.GetGenesisAsync(chain, cancellation);
            var transaction = Envelope.Parse(envelope, genesis.Hash).Transaction;
            return await Submission.SendAsync(session, node, chain, transaction, envelope, cancellation);
        });
    }
}
