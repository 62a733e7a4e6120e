using System.Globalization;
using System.Text.Json.Nodes;
using Actors.Cli.Terminals;
using Actors.Engine.Audits;
using Actors.Ledger;

namespace Actors.Cli.Audits;

/// <summary>What an audit found of one chain; the report is null when the chain could not even be opened.</summary>
internal sealed record ChainFindings(ChainId Chain, AuditReport? Report, IReadOnlyList<string> Findings)
{
    public JsonObject Json
    {
        get
        {
            var json = new JsonObject { ["chain"] = Chain.Value, ["clean"] = Findings.Count == 0 };
            if (Report is { } report)
            {
                json["genesisHash"] = report.GenesisHash.ToString();
                json["height"] = Text(report.Height);
                json["headerHash"] = report.HeaderHash.ToString();
                json["transactions"] = Text(report.Transactions);
                json["operations"] = Text(report.Operations);
                json["signatures"] = Text((ulong)report.Signatures);
                json["accounts"] = Text(report.Accounts);
                json["accountsInUse"] = Text(report.AccountsInUse);
                json["sealingKeyChanges"] = new JsonArray([.. report.SealingKeyChanges.Select(height => (JsonNode)Text(height))]);
            }

            json["findings"] = new JsonArray([.. Findings.Select(finding => (JsonNode)finding)]);
            return json;
        }
    }

    public IEnumerable<string> Lines =>
    [
        .. Report is null ? [$"chain    {Chain}"] : Table.Of(
            ("chain", Chain.Value),
            ("genesis", Report.GenesisHash.ToString()),
            ("height", Text(Report.Height)),
            ("header", Report.HeaderHash.ToString()),
            ("checked", $"{Report.Transactions} transactions, {Report.Operations} operations, {Report.Signatures} signatures, {Report.AccountsInUse} accounts in use of {Report.Accounts}"),
            ("sealing key", Report.SealingKeyChanges.Count == 0 ? null : "changed in block " + string.Join(", ", Report.SealingKeyChanges))),
        .. Findings.Count == 0 ? ["CLEAN: every root, seal, signature and sum is as recorded"] : Findings.Select(finding => "FOUND: " + finding),
    ];

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
