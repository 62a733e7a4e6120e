using System.CommandLine;
using System.Text.Json.Nodes;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;

namespace Actors.Cli.Accounts;

/// <summary><c>actors account proof</c>: a file that <c>actors verify</c> checks with no network.</summary>
internal static class AccountProof
{
    public static Command Create(CommandRunner runner)
    {
        var account = Parser.AddressArgument();
        var file = ProofFile.OutOption();
        return runner.RunAsync(new Command("proof", "Fetch the proof of what an account holds, or that there is none.") { account, file }, async (session, cancellation) =>
        {
            var address = session.Get(account);
            session.Chain(runner.Common, address);
            var proof = await session.Node(runner.Common).GetAccountProofAsync(address, cancellation);
            await ProofFile.WriteAsync(session, session.Find(file) ?? $"{address}.proof", proof, new JsonObject { ["account"] = address.ToString() }, cancellation);
        });
    }
}

/// <summary>Writes a fetched proof, receipt or statement file and says where it is.</summary>
internal static class ProofFile
{
    public static Option<string?> OutOption() => new("--out") { Description = "Where to write it.", HelpName = "FILE" };

    public static async Task WriteAsync(Session session, string file, byte[] bytes, JsonObject answer, CancellationToken cancellation)
    {
        await File.WriteAllBytesAsync(file, bytes, cancellation);
        answer["file"] = file;
        answer["bytes"] = bytes.Length;
        session.Answer(answer, $"{file} ({bytes.Length} bytes); check it with 'actors verify {file} --genesis HASH'");
    }
}
