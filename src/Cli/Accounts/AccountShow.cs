using System.CommandLine;
using System.Globalization;
using Actors.Cli.Amounts;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;

namespace Actors.Cli.Accounts;

/// <summary><c>actors account show</c>.</summary>
internal static class AccountShow
{
    public static Command Create(CommandRunner runner)
    {
        var account = Parser.AddressArgument();
        return runner.RunAsync(new Command("show", "What an account holds.") { account }, async (session, cancellation) =>
        {
            var address = session.Get(account);
            var node = session.Node(runner.Common);
            var answered = await node.GetAccountAsync(address, cancellation);
            var found = answered.Value;
            var asset = (await node.GetAssetAsync(session.Chain(runner.Common, address), found.Asset, cancellation)).Value;
            session.Answer(answered.Json, Table.Of(
                ("account", found.Address),
                ("owner", $"keyset {found.Owner}"),
                ("posted", InUnits(found.Posted)),
                ("pending out", InUnits(found.PendingOut)),
                ("pending in", InUnits(found.PendingIn)),
                ("floor", found.Floor is { } floor ? InUnits(floor) : "none"),
                ("ceiling", found.Ceiling is { } ceiling ? InUnits(ceiling) : "none"),
                ("flags", Flags(found.Frozen, found.Closed)),
                ("last touched", found.LastBlock == 0 ? "never" : $"block {found.LastBlock}"),
                ("as of", "block " + found.AsOf.ToString(CultureInfo.InvariantCulture))));

            string InUnits(long minor) => $"{DecimalAmount.Format(minor, asset.Scale)} {asset.Code}";
        });
    }

    private static string? Flags(bool frozen, bool closed) => (frozen, closed) switch
    {
        (true, true) => "frozen, closed",
        (true, false) => "frozen",
        (false, true) => "closed",
        _ => null,
    };
}
