using System.CommandLine;
using System.Text.Json.Nodes;
using Actors.Cli.Accounts;
using Actors.Cli.Client;
using Actors.Cli.Terminals;
using Actors.Cli.Transactions;
using Actors.Ledger;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Transactions;

namespace Actors.Cli.Channels;

/// <summary>Evidence that a chain sealed two histories: made of what two holders of proofs have in hand, and shown to a chain that trusts it.</summary>
internal static class PeerEvidence
{
    public static Command Create(CommandRunner runner)
    {
        var file = new Argument<string>("FILE") { Description = "A receipt, account proof, statement or packet file." };
        var other = new Argument<string>("OTHER") { Description = "Another one, of the same chain, whose header has the same height and is not the same." };
        var into = ProofFile.OutOption();
        return runner.RunAsync(new Command("evidence", "Make of two proofs that contradict each other the file that convicts their chain; 'actors verify' checks it.") { file, other, into }, async (session, cancellation) =>
        {
            var (one, two) = (await File.ReadAllBytesAsync(session.Get(file), cancellation), await File.ReadAllBytesAsync(session.Get(other), cancellation));
            var evidence = Equivocation.Between(one, two) ?? throw new CannotRunException("the two files are of different chains, or their headers are the same or of different heights: they do not contradict each other");
            var answer = new JsonObject { ["chain"] = evidence.Earlier.Genesis.ChainId.Value, ["genesisHash"] = evidence.Earlier.Genesis.Hash.ToString(), ["height"] = evidence.Height.ToString() };
            await ProofFile.WriteAsync(session, session.Find(into) ?? $"{evidence.Earlier.Genesis.ChainId}.equivocation", evidence.Encode(), answer, cancellation);
        });
    }

    public static Command Report(CommandRunner runner)
    {
        var number = PeerCommand.NumberArgument();
        var file = new Argument<string>("FILE") { Description = "The evidence, as 'actors peer evidence' makes it." };
        return runner.RunAsync(new Command("report", "Show a chain that its peer sealed two histories, which freezes the peer. Anybody may: the evidence is enough.") { number, file }, async (session, cancellation) =>
        {
            var (node, chain) = (session.Node(runner.Common), session.Chain(runner.Common));
            var evidence = Equivocation.Decode(await File.ReadAllBytesAsync(session.Get(file), cancellation));
            var builder = new TransactionBuilder((await node.GetGenesisAsync(chain, cancellation)).Hash, TransactionKind.Proven).Add(new ReportEquivocation(session.Get(number), evidence));
            var expiry = DateTimeOffset.UtcNow + SigningOptions.ExpiresInDefault;
            var transaction = builder.Build(new Timestamp((ulong)expiry.ToUnixTimeMilliseconds()));
            return await Submission.SendAsync(session, node, chain, transaction, builder.Sign(transaction, []), cancellation);
        });
    }
}
