using System.CommandLine;
using Actors.Cli.Amounts;
using Actors.Cli.Client;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Cli.Transactions;
using Actors.Ledger;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;

namespace Actors.Cli.Pendings;

/// <summary><c>actors post</c>.</summary>
internal static class PostCommand
{
    public static Command Create(CommandRunner runner)
    {
        var number = Parser.Argument("PENDING", "The pending's number; of a group, its first.", Parser.Pending);
        var part = Parser.Optional<DecimalAmount?>("--amount", "Only this much; the rest is released.", text => DecimalAmount.Parse(text));
        var (amounts, signing) = (new AmountOptions(), new SigningOptions());
        var command = amounts.AddTo(signing.AddTo(new Command("post", "Carry out a pending, in full or in part; signed by its decider.") { number, part }));
        return runner.RunAsync(command, async (session, cancellation) =>
        {
            var chain = session.Chain(runner.Common);
            using var keys = signing.Read(session);
            var node = session.Node(runner.Common);
            var pending = session.Get(number);
            var minor = session.Find(part) is { } amount ? await amounts.ToMinorAsync(session, node, await DebitOfAsync(node, chain, pending, cancellation), amount, cancellation) : (long?)null;
            return await new Submission(runner.Common, signing).RunAsync(
                session, node, chain, keys, builder => builder.Add(new Post(EntityReference.Numbered(pending), minor)), cancellation);
        });
    }

    private static async Task<Address> DebitOfAsync(NodeClient node, ChainId chain, ulong pending, CancellationToken cancellation)
    {
        var found = (await node.GetPendingAsync(chain, pending, cancellation)).Value;
        return found.Debit is { } debit
            ? new Address(chain, new AccountNumber(debit))
            : throw new CannotRunException($"pending {pending} is {found.State}: nothing of it can be posted");
    }
}
