using System.Text.Json.Nodes;

namespace Actors.Gateway.Tests;

public sealed class OpenApiTests(DemoFixture fixture) : IClassFixture<DemoFixture>
{
    private const string Update = "ACTORS_UPDATE_OPENAPI";

    /// <summary>Whoever changes the API changes docs/openapi.json with it: run this test with ACTORS_UPDATE_OPENAPI=1 and read the difference.</summary>
    [Fact]
    public async Task The_description_is_the_one_in_the_docs()
    {
        var served = await fixture.Node.Client.GetStringAsync("/openapi/v1.json");
        var path = Path.Combine(RepositoryRoot.Path, "docs", "openapi.json");
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            await File.WriteAllTextAsync(path, served.TrimEnd() + "\n");
        }

        Assert.Equal((await File.ReadAllTextAsync(path)).TrimEnd(), served.TrimEnd());
    }

    [Fact]
    public async Task Every_operation_describes_its_path_parameters()
    {
        var description = JsonNode.Parse(await fixture.Node.Client.GetStringAsync("/openapi/v1.json"))!;
        foreach (var (path, item) in description["paths"]!.AsObject())
        {
            foreach (var (_, operation) in item!.AsObject())
            {
                var described = operation!["parameters"]?.AsArray().Where(p => (string)p!["in"]! == "path").Select(p => (string)p!["name"]!) ?? [];
                Assert.Equal(path.Split('/').Where(s => s.StartsWith('{')).Select(s => s.Trim('{', '}')).Order(), described.Order());
            }
        }
    }
}
