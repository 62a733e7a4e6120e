using System.Diagnostics;
using System.Text.RegularExpressions;
using Actors.Deploy.Tests.Images;

namespace Actors.ClusterTests.Images;

/// <summary>
/// What the Dockerfile says, done without a container engine: the instructions of its stages one after the other, in folders that stand for the root of each
/// stage's file system, from what a fresh clone would send.
/// </summary>
public sealed partial class ImageBuildTests : IDisposable
{
    private static readonly TimeSpan StepMax = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RefusalMax = TimeSpan.FromSeconds(60);
    private const int NotStarted = 2;
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-image-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [ClonedFact]
    public async Task The_image_builds_from_a_clone_and_its_programs_start()
    {
        var dockerfile = Dockerfile.Read();
        foreach (var stage in dockerfile.Stages)
        {
            await BuildAsync(stage);
        }

        var root = RootOf(dockerfile.Final);
        var silo = await RunAsync(dockerfile.Entrypoint[0], [In(root, dockerfile.Entrypoint[1]), "--Actors:Cluster:Role=Silo"], root, RefusalMax);
        Assert.Equal(NotStarted, silo.ExitCode);
        Assert.Contains("The silo did not start: Actors:Cluster:SecretFile", silo.Said);

        var migration = await RunAsync("dotnet", [In(root, "/app/cli/actors.dll"), "db", "migrate", "--store", "nonsense"], root, RefusalMax);
        Assert.Equal(NotStarted, migration.ExitCode);
        Assert.Contains("Host=localhost;Database=actors", migration.Said);
    }

    private string RootOf(Stage stage) => RootOf(stage.Name ?? "final");

    private string RootOf(string stage) => Path.Combine(_folder, stage);

    private async Task BuildAsync(Stage stage)
    {
        var root = RootOf(stage);
        Directory.CreateDirectory(root);
        var at = root;
        foreach (var instruction in stage.Instructions)
        {
            switch (instruction.Name)
            {
                case "WORKDIR":
                    at = In(root, instruction.Arguments);
                    Directory.CreateDirectory(at);
                    break;
                case "COPY":
                    Copy(instruction.Words, at);
                    break;
                case "RUN":
                    // A path that starts at the root of the stage's files starts at its folder here.
                    var ran = await RunAsync("bash", ["-euo", "pipefail", "-c", AbsolutePath().Replace(instruction.Arguments, $" {root}/")], at, StepMax);
                    Assert.True(ran.ExitCode == 0, $"RUN {instruction.Arguments} ended with {ran.ExitCode}: {ran.Said}");
                    break;
            }
        }
    }

    private void Copy(string[] words, string at)
    {
        if (words is [['-', '-', 'f', 'r', 'o', 'm', '=', ..] from, var source, "."])
        {
            CopyAll(In(RootOf(from["--from=".Length..]), source), at);
            return;
        }

        Assert.Equal([".", "."], words);
        foreach (var file in BuildContext.TryRead()!.Files)
        {
            var copy = Path.Combine(at, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(Actors.Tests.RepositoryRoot.Path, file), copy);
        }
    }

    private static void CopyAll(string from, string to)
    {
        Assert.True(Directory.Exists(from), $"expected {from} to be built by an earlier stage");
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static async Task<(int ExitCode, string Said)> RunAsync(string program, string[] arguments, string at, TimeSpan max)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = at, RedirectStandardOutput = true, RedirectStandardError = true };
        // Build nodes that outlive the build would keep its output open, and whoever reads it waiting.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        using var process = Process.Start(start)!;
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync().WaitAsync(max);
            return (process.ExitCode, await output.WaitAsync(max) + await errors.WaitAsync(max));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static string In(string root, string path) => Path.Combine(root, path.TrimStart('/'));

    [GeneratedRegex(@" /(?=\w)")]
    private static partial Regex AbsolutePath();
}
