using System.Globalization;
using System.Text.Json.Nodes;
using Actors.Engine.Audits;

namespace Actors.Cli.Audits;

/// <summary>What an audit of several chains found of the channels between them.</summary>
internal sealed record ChannelFindings(ChannelsReport Report, IReadOnlyList<string> Names)
{
    public JsonObject Json => new()
    {
        ["clean"] = Report.Findings.Count == 0,
        ["cut"] = new JsonArray([.. Names.Select((name, i) => (JsonNode)new JsonObject { ["chain"] = name, ["height"] = Text(Report.Cut[i]) })]),
        ["routes"] = new JsonArray([.. Report.Routes.Select(route => (JsonNode)Describe(route))]),
        ["actsOfTrust"] = Sentences(Report.ActsOfTrust),
        ["notCompared"] = Sentences(Report.NotCompared),
        ["findings"] = Sentences(Report.Findings),
    };

    public IEnumerable<string> Lines =>
    [
        $"channels of {string.Join(", ", Names.Select((name, i) => $"{name} through block {Text(Report.Cut[i])}"))}",
        .. Report.Routes.Select(route => $"  asset {route.Asset} of {route.Home}, channel {route.HomeChannel}, to {route.Away}, channel {route.AwayChannel}: {route.Escrow} in escrow, {route.Vouchers} in vouchers, {route.Outward} in flight out, {route.Homeward} in flight home{(route.IsAbandoned ? " (abandoned)" : string.Empty)}"),
        .. Report.NotCompared.Select(what => "NOT COMPARED: " + what),
        .. Report.ActsOfTrust.Select(act => "TRUSTED: " + act),
        .. Report.Findings.Count == 0 ? ["CLEAN: what is in escrow is out in vouchers or in flight, over every channel between these chains"] : Report.Findings.Select(finding => "FOUND: " + finding),
    ];

    private static JsonObject Describe(AuditedRoute route) => new()
    {
        ["home"] = route.Home,
        ["homeChannel"] = route.HomeChannel,
        ["away"] = route.Away,
        ["awayChannel"] = route.AwayChannel,
        ["asset"] = route.Asset,
        ["escrow"] = route.Escrow.ToString(CultureInfo.InvariantCulture),
        ["vouchers"] = route.Vouchers.ToString(CultureInfo.InvariantCulture),
        ["inFlightOut"] = route.Outward.ToString(CultureInfo.InvariantCulture),
        ["inFlightHome"] = route.Homeward.ToString(CultureInfo.InvariantCulture),
        ["abandoned"] = route.IsAbandoned,
        ["agrees"] = route.Agrees,
    };

    private static JsonArray Sentences(IReadOnlyList<string> sentences) => new([.. sentences.Select(sentence => (JsonNode)sentence)]);

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
