using System.Diagnostics;

namespace Actors.ProcessTests.Programs;

/// <summary>What a run of <c>actors</c> said and how it ended.</summary>
internal sealed record ActorsCommand(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan RunMax = TimeSpan.FromSeconds(90);

    public static async Task<ActorsCommand> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [BuiltPrograms.Actors, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(RunMax);
            return new ActorsCommand(process.ExitCode, await output.WaitAsync(RunMax), await errors.WaitAsync(RunMax));
        }
        finally
        {
            process.Kill();
        }
    }

    /// <summary>Runs it and expects exit code 0.</summary>
    public static async Task<ActorsCommand> SucceedAsync(params string[] arguments)
    {
        var ran = await RunAsync(arguments);
        Assert.True(ran.ExitCode == 0, $"expected 'actors {string.Join(' ', arguments)}' to end with 0, it ended with {ran.ExitCode}: {ran.Errors}{ran.Output}");
        return ran;
    }
}
