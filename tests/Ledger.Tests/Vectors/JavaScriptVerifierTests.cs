using System.Diagnostics;

namespace Actors.Ledger.Tests.Vectors;

/// <summary>The verifier in JavaScript, written from docs/wire-format.md alone, against the committed vectors.</summary>
public sealed class JavaScriptVerifierTests
{
    [NodeFact]
    public async Task The_verifier_in_JavaScript_agrees_with_the_vectors()
    {
        var start = new ProcessStartInfo(NodeFactAttribute.Node!, ["--test", "verifier/test.mjs"])
        {
            WorkingDirectory = RepositoryRoot.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var output = node.StandardOutput.ReadToEndAsync();
        var errors = node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();

        Assert.True(node.ExitCode == 0, $"node ended with exit code {node.ExitCode}\n{await output}\n{await errors}");
    }
}
