using System.CommandLine;
using System.Text.Json.Nodes;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Ledger;
using Actors.Ledger.Proofs;

namespace Actors.Cli.Verification;

/// <summary>
/// <c>actors verify</c>: checks a receipt, an account proof or a statement with no network. It trusts nobody; only the
/// genesis hash, which the verifier must hold from elsewhere, says which chain is the right one.
/// </summary>
internal static class VerifyCommand
{
    public static Command Create(CommandRunner runner)
    {
        var file = new Argument<string>("FILE") { Description = "A receipt, account proof or statement file." };
        var genesis = CommonOptions.Genesis("The genesis hash that you hold. Without it nothing says whose chain this is, and the file is not verified.");
        var account = Parser.Optional<Address?>("--account", "The account that you asked about. A true file about another account is then not verified.", text => Address.Parse(text));
        return runner.RunAsync(new Command("verify", "Check a receipt, an account proof or a statement, with no network.") { file, genesis, account }, async (session, cancellation) =>
        {
            var bytes = await File.ReadAllBytesAsync(session.Get(file), cancellation);
            return Answer(session, session.Get(file), ProofVerifier.Verify(bytes, session.Find(genesis), session.Find(account)));
        });
    }

    private static int Answer(Session session, string file, Ledger.Proofs.Verification verification)
    {
        session.Answer(Json(file, verification), Lines(file, verification));
        if (verification.IsVerified)
        {
            return ExitCode.Fine;
        }

        var failed = verification.Checks.First(check => check.Status == CheckStatus.Failed);
        session.Notice($"actors: {file} is not verified: {failed.Name}: {failed.Sentence}");
        return ExitCode.FoundWrong;
    }

    private static JsonObject Json(string file, Ledger.Proofs.Verification verification) => new()
    {
        ["file"] = file,
        ["kind"] = WordOf(verification.Kind),
        ["verified"] = verification.IsVerified,
        ["checks"] = new JsonArray([.. verification.Checks.Select(check => (JsonNode)new JsonObject
        {
            ["name"] = check.Name,
            ["status"] = WordOf(check.Status),
            ["sentence"] = check.Sentence,
        })]),
        ["claims"] = new JsonArray([.. verification.Claims.Select(claim => (JsonNode)new JsonObject { ["name"] = claim.Name, ["text"] = claim.Text })]),
    };

    private static IEnumerable<string> Lines(string file, Ledger.Proofs.Verification verification)
    {
        var width = verification.Checks.Max(check => check.Name.Length);
        foreach (var check in verification.Checks)
        {
            var status = check.Status == CheckStatus.Failed ? "FAILED" : WordOf(check.Status);
            yield return $"{status,-8} {check.Name.PadRight(width)}  {check.Sentence}";
        }

        if (!verification.IsVerified)
        {
            yield return $"NOT VERIFIED: {file} proves nothing";
            yield break;
        }

        yield return $"VERIFIED: {file} is a genuine {WordOf(verification.Kind)}, which says:";
        var claimWidth = verification.Claims.Max(claim => claim.Name.Length);
        foreach (var claim in verification.Claims)
        {
            yield return $"  {claim.Name.PadRight(claimWidth)}  {claim.Text}";
        }
    }

    private static string WordOf(CheckStatus status) => status switch
    {
        CheckStatus.Passed => "passed",
        CheckStatus.Failed => "failed",
        _ => "not run",
    };

    private static string WordOf(ProofFileKind kind) => kind switch
    {
        ProofFileKind.Receipt => "receipt",
        ProofFileKind.RecordProof => "record proof",
        ProofFileKind.Statement => "statement",
        _ => "unknown file",
    };
}
