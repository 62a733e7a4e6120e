using System.Text.RegularExpressions;

namespace Actors.Deploy.Tests;

/// <summary>docs/cluster.md names every setting of a cluster with its default, and no other.</summary>
public sealed partial class ClusterPageTests
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "docs", "cluster.md"));

    [Fact]
    public void Every_cluster_setting_is_there_with_its_default()
    {
        var known = new KnownSettings();
        var documented = Page.Select(line => Row().Match(line)).Where(row => row.Success).ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value.Trim('`'));
        var settings = known.PathsOf("ClusterOptions", "Cluster").Concat(known.PathsOf("WebhookOptions", "Webhooks")).ToDictionary(setting => setting.Path, setting => setting.Default);

        Assert.Equal(settings.Keys.Order(), documented.Keys.Order());
        foreach (var (path, value) in settings.Where(setting => int.TryParse(setting.Value.Replace("_", "", StringComparison.Ordinal), out _)))
        {
            Assert.Equal((path, value.Replace("_", "", StringComparison.Ordinal)), (path, documented[path]));
        }
    }

    [GeneratedRegex(@"^\| `((?:Cluster|Webhooks):[A-Za-z:]+)` \|\s*([^|]*?)\s*\|")]
    private static partial Regex Row();
}
