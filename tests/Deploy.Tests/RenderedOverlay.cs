using System.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace Actors.Deploy.Tests;

/// <summary>What kubectl's kustomize makes of an overlay.</summary>
internal sealed class RenderedOverlay
{
    private const int RenderMaxMs = 60_000;

    private RenderedOverlay(string yaml, IReadOnlyList<YamlMappingNode> objects) => (Yaml, Objects) = (yaml, objects);

    public string Yaml { get; }

    public IReadOnlyList<YamlMappingNode> Objects { get; }

    public static RenderedOverlay Of(string overlay)
    {
        var start = new ProcessStartInfo("kubectl", ["kustomize", Path.Combine(RepositoryRoot.Path, "deploy", "k8s", "overlays", overlay)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var kubectl = Process.Start(start)!;
        var errors = kubectl.StandardError.ReadToEndAsync();
        var text = kubectl.StandardOutput.ReadToEnd();
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        Assert.True(kubectl.WaitForExit(RenderMaxMs), "expected kubectl to end");
        Assert.True(kubectl.ExitCode == 0, errors.Result);
        return new RenderedOverlay(text, [.. yaml.Documents.Select(document => (YamlMappingNode)document.RootNode)]);
    }

    public IEnumerable<YamlMappingNode> OfKind(string kind) => Objects.Where(one => one.Text("kind") == kind);

    public YamlMappingNode Single(string kind, string name) => Assert.Single(OfKind(kind), one => one.Text("metadata/name") == name);

    /// <summary>The settings that a container gets: those of its config maps, then its own.</summary>
    public IReadOnlyDictionary<string, string> SettingsOf(YamlMappingNode deployment)
    {
        var settings = new Dictionary<string, string>();
        var container = deployment.Container();
        foreach (var source in container.Items("envFrom"))
        {
            foreach (var (key, value) in ((YamlMappingNode)Single("ConfigMap", source.Text("configMapRef/name")).At("data")).Children)
            {
                settings[key.ToString()] = value.ToString();
            }
        }

        foreach (var variable in container.Items("env"))
        {
            settings[variable.Text("name")] = variable.Has("value") ? variable.Text("value") : "";
        }

        return settings;
    }
}

internal static class YamlReading
{
    public static YamlNode At(this YamlNode node, string path) => path.Split('/').Aggregate(node, (at, name) => at[name]);

    public static string Text(this YamlNode node, string path) => node.At(path).ToString();

    public static int Number(this YamlNode node, string path) => int.Parse(node.Text(path), System.Globalization.CultureInfo.InvariantCulture);

    public static bool Has(this YamlNode node, string name) => node is YamlMappingNode map && map.Children.ContainsKey(name);

    public static IEnumerable<YamlNode> Items(this YamlNode node, string name) => node.Has(name) ? ((YamlSequenceNode)node[name]).Children : [];

    public static YamlNode Pod(this YamlMappingNode workload) => workload.At("spec/template/spec");

    public static YamlNode Container(this YamlMappingNode workload) => Assert.Single(workload.Pod().Items("containers"));

    public static int Port(this YamlNode container, string name) => Assert.Single(container.Items("ports"), port => port.Text("name") == name).Number("containerPort");
}
