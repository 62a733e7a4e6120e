using System.CommandLine;
using System.Globalization;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Cli.Transactions;
using Actors.Ledger;
using Actors.Ledger.Assets;
using Actors.Ledger.Operations;

namespace Actors.Cli.Assets;

/// <summary><c>actors asset create|show</c>.</summary>
internal static class AssetCommand
{
    public static Command Create(CommandRunner runner) => new("asset", "Create assets and look at them.")
    {
        New(runner),
        Show(runner),
    };

    private static Command New(CommandRunner runner)
    {
        var code = new Argument<string>("CODE") { Description = "Its code: A-Z 0-9 . _ -, at most 16." };
        var issuer = Parser.Required("--issuer", "The keyset that governs it.", Parser.Keyset);
        var scale = new Option<byte>("--scale") { Description = $"Decimals, 0 to {Limits.AssetScaleMax}.", Required = true };
        var restricted = new Option<bool>("--restricted") { Description = "The issuer must sign each opening of accounts." };
        var signing = new SigningOptions();
        var command = signing.AddTo(new Command("create", "Create an asset; signed by the chain's operator.") { code, issuer, scale, restricted });
        return runner.RunAsync(command, (session, cancellation) => new Submission(runner.Common, signing).RunAsync(
            session,
            session.Chain(runner.Common),
            builder => builder.Add(new CreateAsset(EntityReference.Numbered(session.Get(issuer)), session.Get(scale), session.Get(code), session.Find(restricted))),
            cancellation));
    }

    private static Command Show(CommandRunner runner)
    {
        var number = Parser.Argument("ASSET", "The asset's number.", Parser.Asset);
        return runner.RunAsync(new Command("show", "An asset's code, scale and issuer.") { number }, async (session, cancellation) =>
        {
            var answered = await session.Node(runner.Common).GetAssetAsync(session.Chain(runner.Common), session.Get(number), cancellation);
            var asset = answered.Value;
            session.Answer(answered.Json, Table.Of(
                ("asset", asset.Number.ToString(CultureInfo.InvariantCulture)),
                ("code", asset.Code),
                ("scale", asset.Scale.ToString(CultureInfo.InvariantCulture)),
                ("issuer", $"keyset {asset.Issuer}"),
                ("restricted", asset.Restricted ? "yes" : "no")));
        });
    }
}
