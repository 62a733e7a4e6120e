using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Actors.Gateway.Tests;

/// <summary>The session of docs/http-api.md, run as it stands there.</summary>
public sealed class CurlSessionTests
{
    private static readonly string[] Tools = ["bash", "curl", "openssl", "od", "sed"];

    [Fact]
    public async Task Curl_and_openssl_alone_can_create_a_chain_and_pay()
    {
        Assert.All(Tools, tool => Assert.Contains(Environment.GetEnvironmentVariable("PATH")!.Split(':'), folder => File.Exists(Path.Combine(folder, tool))));
        await using var node = await GatewayNode.StartAsync();
        var page = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "docs", "http-api.md"));
        var session = page.Split("## With curl and openssl alone")[1].Split("```bash\n")[1].Split("\n```")[0];
        var folder = Directory.CreateTempSubdirectory("actors-curl-").FullName;
        var start = new ProcessStartInfo("bash", ["-c", session]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["node"] = node.Address.ToString().TrimEnd('/');
        start.Environment["data"] = node.Folder;

        using var bash = Process.Start(start)!;
        var output = bash.StandardOutput.ReadToEndAsync();
        var errors = await bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync();

        Assert.True(bash.ExitCode == 0, errors);
        var answers = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal("demo", (string)answers[0]["id"]!);
        Assert.Equal(["Committed", "Committed", "BelowFloor"], answers[1..4].Select(a => (string)a["outcomeName"]!));
        Assert.Equal("7500", (string)answers[4]["posted"]!);
        Assert.StartsWith("ActorsR1", await File.ReadAllTextAsync(Path.Combine(folder, "payment.receipt")));
        Directory.Delete(folder, recursive: true);
    }
}
