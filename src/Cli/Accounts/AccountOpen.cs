using System.CommandLine;
using Actors.Cli.Amounts;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Cli.Transactions;
using Actors.Ledger.Accounts;
using Actors.Ledger.Operations;
using Limit = Actors.Ledger.Accounts.AccountLimits;

namespace Actors.Cli.Accounts;

/// <summary><c>actors account open</c>: one account or a range of up to a billion, for one keyset.</summary>
internal static class AccountOpen
{
    public static Command Create(CommandRunner runner)
    {
        var owner = Parser.Required("--owner", "The keyset that owns them.", Parser.Keyset);
        var asset = Parser.Required("--asset", "The asset they hold.", Parser.Asset);
        var count = new Option<ulong>("--count") { Description = "How many.", DefaultValueFactory = _ => 1, CustomParser = Parser.Guard(Parser.Count) };
        var floor = Parser.Optional("--floor", "How far down they may go: an amount (0 if not given), or 'none' for an issuer's account. The issuer signs too.", AccountLimit.Parse);
        var ceiling = Parser.Optional("--ceiling", "How much they may hold. The issuer signs too.", AccountLimit.Parse);
        var (amounts, signing) = (new AmountOptions(), new SigningOptions());
        var command = amounts.AddTo(signing.AddTo(new Command("open", "Open accounts; signed by the owner, and by the issuer where limits are given, the asset is restricted, or they are more than the chain lets an owner open alone.") { owner, asset, count, floor, ceiling }));
        return runner.RunAsync(command, async (session, cancellation) =>
        {
            using var keys = signing.Read(session);
            var node = session.Node(runner.Common);
            var chain = session.Chain(runner.Common);
            var (ownerKeyset, ofAsset) = (session.Get(owner), session.Get(asset));
            var open = new OpenAccounts(
                EntityReference.Numbered(ownerKeyset),
                EntityReference.Numbered(ofAsset),
                session.Get(count),
                session.Find(floor) is { } lowest ? await MinorAsync(lowest, Limit.NoFloor) : 0,
                session.Find(ceiling) is { } highest ? await MinorAsync(highest, Limit.NoCeiling) : Limit.NoCeiling);
            return await new Submission(runner.Common, signing).RunAsync(session, node, chain, keys, builder => builder.Add(open), cancellation);

            async Task<long> MinorAsync(AccountLimit limit, long none) =>
                limit.Amount is { } amount ? await amounts.ToMinorAsync(session, node, chain, ofAsset, amount, cancellation) : none;
        });
    }
}
