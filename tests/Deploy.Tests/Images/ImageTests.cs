using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Actors.Deploy.Tests.Images;

/// <summary>The Dockerfile against the projects it publishes and the manifests that run its image. tests/Cluster builds what it says.</summary>
public sealed partial class ImageTests
{
    private readonly Dockerfile _dockerfile = Dockerfile.Read();

    [ClonedFact]
    public void Every_file_that_the_published_projects_are_built_from_is_sent_and_copied()
    {
        Assert.Equal(". .", _dockerfile.Build.Single("COPY").Arguments);
        var context = BuildContext.TryRead()!;
        var files = context.Files.ToHashSet();
        Assert.All(["Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig"], file => Assert.Contains(file, files));

        Assert.NotEmpty(_dockerfile.Published);
        foreach (var project in ProjectsOf(_dockerfile.Published.Select(published => published.Project)))
        {
            Assert.Contains(project, files);
            var folder = Path.GetDirectoryName(project) + "/";
            Assert.All(context.Tracked.Where(file => file.StartsWith(folder, StringComparison.Ordinal)), file => Assert.Contains(file, files));
        }
    }

    [ClonedFact]
    public void Nothing_is_sent_that_was_built_or_only_tests() =>
        Assert.DoesNotContain(BuildContext.TryRead()!.Files, file => file.StartsWith("tests/", StringComparison.Ordinal) || file.Contains("/bin/", StringComparison.Ordinal) || file.Contains("/obj/", StringComparison.Ordinal));

    [Theory]
    [InlineData("**/bin", "src/Engine/bin/Release/a.dll", true)]
    [InlineData("**/bin", "bin/a.dll", true)]
    [InlineData("**/bin", "src/Engine/binary.cs", false)]
    [InlineData("tests", "tests/a.cs", true)]
    [InlineData("tests", "src/tests/a.cs", false)]
    [InlineData("src", "src/Engine/Engine.csproj", true)]
    [InlineData("*.props", "Directory.Build.props", true)]
    public void Files_are_ignored_as_the_rules_say(string rule, string file, bool isIgnored) => Assert.Equal(isIgnored, BuildContext.IgnoreRule([rule])(file));

    [Fact]
    public void The_images_have_the_version_of_NET_that_the_projects_are_built_for()
    {
        var framework = XDocument.Load(Path.Combine(RepositoryRoot.Path, "Directory.Build.props")).Descendants("TargetFramework").Single().Value;
        using var sdk = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "global.json")));
        var version = framework["net".Length..];

        Assert.StartsWith(version + ".", sdk.RootElement.GetProperty("sdk").GetProperty("version").GetString());
        Assert.Equal($"mcr.microsoft.com/dotnet/sdk:{version}", _dockerfile.Build.Image);
        Assert.StartsWith($"mcr.microsoft.com/dotnet/aspnet:{version}-", _dockerfile.Final.Image);
    }

    [Fact]
    public void What_the_image_and_the_manifests_run_is_what_is_published()
    {
        Assert.Equal($"--from={_dockerfile.Build.Name} /app .", _dockerfile.Final.Single("COPY").Arguments);
        Assert.Equal("/app", _dockerfile.Final.Single("WORKDIR").Arguments);
        var programs = _dockerfile.Published.Select(published => $"{published.Output}/{AssemblyOf(published.Project)}.dll").ToArray();
        Assert.Equal(["dotnet", programs[0]], _dockerfile.Entrypoint);

        var named = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "deploy", "k8s"), "*.yaml", SearchOption.AllDirectories)
            .SelectMany(file => Program().Matches(File.ReadAllText(file)))
            .Select(match => match.Value)
            .ToArray();
        Assert.NotEmpty(named);
        Assert.All(named, program => Assert.Contains(program, programs));
    }

    [Renders]
    [InlineData("production")]
    public void Every_port_of_the_manifests_is_exposed(string overlay)
    {
        var exposed = _dockerfile.Final.Single("EXPOSE").Words;
        var containers = RenderedOverlay.Of(overlay).OfKind("Deployment").Select(deployment => deployment.Container());
        Assert.All(containers.SelectMany(container => container.Items("ports")), port => Assert.Contains(port.Text("containerPort"), exposed));
    }

    [Fact]
    public void The_image_does_not_run_as_root() => Assert.Equal("$APP_UID", _dockerfile.Final.Single("USER").Arguments);

    /// <summary>Those and all that they refer to, as paths of project files.</summary>
    private static SortedSet<string> ProjectsOf(IEnumerable<string> folders)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(folders.Select(folder => $"{folder}/{Path.GetFileName(folder)}.csproj"));
        while (open.TryDequeue(out var project))
        {
            if (found.Add(project))
            {
                var folder = Path.GetDirectoryName(Path.Combine(RepositoryRoot.Path, project))!;
                foreach (var reference in XDocument.Load(Path.Combine(RepositoryRoot.Path, project)).Descendants("ProjectReference"))
                {
                    open.Enqueue(Path.GetRelativePath(RepositoryRoot.Path, Path.GetFullPath(Path.Combine(folder, reference.Attribute("Include")!.Value))));
                }
            }
        }

        return found;
    }

    private static string AssemblyOf(string folder)
    {
        var name = Path.GetFileName(folder);
        return XDocument.Load(Path.Combine(RepositoryRoot.Path, folder, $"{name}.csproj")).Descendants("AssemblyName").SingleOrDefault()?.Value ?? $"Actors.{name}";
    }

    [GeneratedRegex(@"/app/\S+\.dll")]
    private static partial Regex Program();
}
