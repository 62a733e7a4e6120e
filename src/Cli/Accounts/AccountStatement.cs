using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Actors.Cli.Amounts;
using Actors.Cli.Client;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Ledger;

namespace Actors.Cli.Accounts;

/// <summary><c>actors account statement</c>: the newest movements, or a file of them that can be checked offline.</summary>
internal static class AccountStatement
{
    private const int BlocksMax = 200;

    public static Command Create(CommandRunner runner)
    {
        var account = Parser.AddressArgument();
        var from = Parser.Optional<Timestamp?>("--from", "Blocks at or after this time, as 2026-01-31T00:00:00Z.", text => Instant.ParseTime(text));
        var until = Parser.Optional<Timestamp?>("--until", "Blocks before this time.", text => Instant.ParseTime(text));
        var before = Parser.Optional<ulong?>("--before", "Go on below this height, the 'next' of the page before.", text => Parser.Number(text, "height", long.MaxValue));
        var limit = new Option<int>("--limit") { Description = $"Blocks on a page, at most {BlocksMax}.", DefaultValueFactory = _ => 50 };
        var file = ProofFile.OutOption();
        file.Description = "Write the statement file, for checking offline, instead of printing.";
        return runner.RunAsync(new Command("statement", "An account's movements, newest first.") { account, from, until, before, limit, file }, async (session, cancellation) =>
        {
            var address = session.Get(account);
            session.Chain(runner.Common, address);
            var node = session.Node(runner.Common);
            var query = Query(("from", session.Find(from)?.Ms), ("until", session.Find(until)?.Ms), ("before", session.Find(before)), ("limit", (ulong)Math.Clamp(session.Get(limit), 1, BlocksMax)));
            if (session.Find(file) is { } path)
            {
                var bytes = await node.GetStatementFileAsync(address, query, cancellation);
                await ProofFile.WriteAsync(session, path, bytes, new JsonObject { ["account"] = address.ToString() }, cancellation);
                return;
            }

            var answered = await node.GetStatementAsync(address, query, cancellation);
            var asset = (await node.GetAssetAsync(address.Chain, answered.Value.Account.Asset, cancellation)).Value;
            session.Answer(answered.Json, Lines(answered.Value, asset));
        });
    }

    private static string Query(params IEnumerable<(string Name, ulong? Value)> parts) =>
        string.Join('&', parts.Where(part => part.Value is not null).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Name}={part.Value}")));

    private static IEnumerable<string> Lines(StatementAnswer statement, AssetAnswer asset)
    {
        foreach (var entry in statement.Entries)
        {
            foreach (var line in entry.Lines)
            {
                var what = line.Operation?["type"]?.GetValue<string>() ?? (line.Transaction is null ? "expiry" : "settlement");
                yield return $"{Instant.Format(new Timestamp(entry.Time))}  block {entry.Height,-8} {DecimalAmount.Format(line.PostedChange, asset.Scale),18} {asset.Code}  {what}  {line.Transaction}".TrimEnd();
            }
        }

        yield return $"balance {DecimalAmount.Format(statement.Account.Posted, asset.Scale)} {asset.Code} as of block {statement.Account.AsOf}"
            + (statement.Next is { } next ? $"; there is more: --before {next}" : "");
    }
}
