using System.Diagnostics;
using Actors.Ledger.Tests.Proofs;

namespace Actors.Ledger.Tests.Vectors;

/// <summary>The verifier in JavaScript, written from docs/wire-format.md alone, against the committed vectors.</summary>
public sealed class JavaScriptVerifierTests
{
    [NodeFact]
    public Task The_verifier_in_JavaScript_agrees_with_the_vectors() => RunAsync("--test", "verifier/test.mjs");

    [NodeFact]
    public async Task The_verifier_in_JavaScript_follows_three_hundred_changes_of_the_sealing_key()
    {
        var chain = new ProofChain();
        for (var i = 0; i < 300; i++)
        {
            chain.ChangeSealingKey();
        }

        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, chain.Receipt(chain.Head, 0, null));
            await RunAsync("verifier/cli.mjs", file, "--genesis", chain.GenesisHash.ToString());
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(NodeFactAttribute.Node!, arguments)
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
