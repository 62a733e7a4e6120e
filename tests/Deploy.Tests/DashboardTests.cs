using System.Text.Json;
using System.Text.RegularExpressions;

namespace Actors.Deploy.Tests;

/// <summary>A panel over a metric that nobody records is empty for ever, and looks like peace.</summary>
public sealed partial class DashboardTests
{
    private static readonly string[] Suffixes = ["_total", "_bucket", "_sum", "_count"];
    private static readonly string[] Units = ["_bytes", "_seconds", "_milliseconds"];

    [Fact]
    public void Every_metric_of_ours_on_the_dashboard_is_recorded_by_the_code()
    {
        var shown = Expressions().SelectMany(expression => OurMetric().Matches(expression)).Select(match => Bare(match.Value)).Distinct().ToArray();
        var recorded = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "src"), "*Metrics.cs", SearchOption.AllDirectories)
            .SelectMany(file => Instrument().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value.Replace('.', '_'))
            .ToHashSet();

        Assert.NotEmpty(shown);
        Assert.All(shown, metric => Assert.Contains(metric, recorded));
    }

    [Fact]
    public void The_dashboard_shows_the_cluster_too() => Assert.Contains(Expressions(), expression => expression.Contains("orleans_", StringComparison.Ordinal));

    private static IReadOnlyList<string> Expressions()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "deploy", "grafana", "actors.json")));
        return [.. dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!)];
    }

    /// <summary>Without what a Prometheus exporter adds to a name: kind and unit.</summary>
    private static string Bare(string metric)
    {
        foreach (var added in Suffixes.Concat(Units))
        {
            metric = metric.EndsWith(added, StringComparison.Ordinal) ? metric[..^added.Length] : metric;
        }

        return metric;
    }

    [GeneratedRegex(@"actors_[a-z_]+")]
    private static partial Regex OurMetric();

    [GeneratedRegex("""["](actors\.[a-z_.]+)["]""")]
    private static partial Regex Instrument();
}
