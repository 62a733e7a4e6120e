using System.CommandLine;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Ledger.Transactions;

namespace Actors.Cli.Transactions;

/// <summary><c>actors transaction show|send|delivery</c>: ask by id, send kept bytes again, and follow what crosses to other chains.</summary>
internal static class TransactionCommand
{
    public static Command Create(CommandRunner runner) => new("transaction", "Ask what became of a transaction, or send its bytes again.")
    {
        Show(runner),
        Send(runner),
        Delivery(runner),
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

    private static Command Delivery(CommandRunner runner)
    {
        var id = IdArgument();
        var awaits = new Option<bool>("--await") { Description = "End when all is acknowledged (exit code 0) or something has come back (1), waiting as long as --wait says." };
        return runner.RunAsync(new Command("delivery", "How far what a transaction sent over channels has come.") { id, awaits }, (session, cancellation) => DeliveryReport.ShowAsync(
            session,
            session.Node(runner.Common),
            session.Chain(runner.Common),
            session.Get(id).ToString(),
            session.Find(awaits) ? session.Patience(runner.Common) : TimeSpan.Zero,
            cancellation));
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
