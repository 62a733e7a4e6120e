namespace Actors.Cli.Tests;

/// <summary>A stranger with a file, a genesis hash and no network.</summary>
public sealed class VerifyTests(LedgerFolder ledger) : IClassFixture<LedgerFolder>
{
    [Fact]
    public async Task A_good_file_of_each_kind_is_verified_and_says_what_it_proves()
    {
        foreach (var (file, kind, claim) in new[]
        {
            (ledger.Receipt, "receipt", "Committed (0)"),
            (ledger.RefusalReceipt, "receipt", "BelowFloor (331)"),
            (ledger.AccountProof, "record proof", "100"),
            (ledger.MissingAccountProof, "record proof", "3 does not exist"),
            (ledger.Statement, "statement", "+100"),
        })
        {
            var text = (await CliRun.OfAsync("verify", file, "--genesis", ledger.Genesis)).Expect(ExitCode.Fine);
            Assert.Contains("VERIFIED: ", text.Out);
            Assert.Contains(claim, text.Out);
            Assert.Empty(text.Error);
            var json = (await CliRun.OfAsync("verify", file, "--genesis", ledger.Genesis, "--json")).Expect(ExitCode.Fine).Json;
            Assert.True(json["verified"]!.GetValue<bool>());
            Assert.Equal(kind, json["kind"]!.GetValue<string>());
            Assert.All(json["checks"]!.AsArray(), check => Assert.Equal("passed", check!["status"]!.GetValue<string>()));
        }
    }

    [Fact]
    public async Task Without_a_genesis_hash_a_file_is_not_anchored()
    {
        var run = (await CliRun.OfAsync("verify", ledger.Receipt)).Expect(ExitCode.FoundWrong).ExpectError("not anchored");
        Assert.Contains("FAILED", run.Out);
        Assert.Contains("passed   seal", run.Out);
    }

    [Fact]
    public async Task A_file_of_another_chain_is_not_verified()
    {
        var run = (await CliRun.OfAsync("verify", ledger.Receipt, "--genesis", new string('a', 64), "--json")).Expect(ExitCode.FoundWrong);
        Assert.False(run.Json["verified"]!.GetValue<bool>());
        Assert.Contains(run.Json["checks"]!.AsArray(), check => check!["name"]!.GetValue<string>() == "anchored" && check["status"]!.GetValue<string>() == "failed");
    }

    [Fact]
    public async Task A_true_file_about_another_account_than_the_one_asked_about_is_not_verified()
    {
        foreach (var (file, own) in new[] { (ledger.AccountProof, 2UL), (ledger.MissingAccountProof, 3UL), (ledger.Statement, 2UL) })
        {
            (await CliRun.OfAsync("verify", file, "--genesis", ledger.Genesis, "--account", LedgerFolder.Address(own))).Expect(ExitCode.Fine);
            (await CliRun.OfAsync("verify", file, "--genesis", ledger.Genesis, "--account", LedgerFolder.Address(1))).Expect(ExitCode.FoundWrong)
                .ExpectError($"the file is about account {LedgerFolder.Address(own)}, expected {LedgerFolder.Address(1)}");
        }

        (await CliRun.OfAsync("verify", ledger.Receipt, "--genesis", ledger.Genesis, "--account", LedgerFolder.Address(2))).Expect(ExitCode.FoundWrong).ExpectError("account");
    }

    [Fact]
    public async Task Each_one_byte_change_of_a_receipt_is_found()
    {
        using var folder = new TemporaryFolder();
        var good = File.ReadAllBytes(ledger.Receipt);
        for (var i = 0; i < good.Length; i++)
        {
            var bad = good.ToArray();
            bad[i] ^= (byte)(1 << (i % 8));
            File.WriteAllBytes(folder["bad"], bad);
            (await CliRun.OfAsync("verify", folder["bad"], "--genesis", ledger.Genesis)).Expect(ExitCode.FoundWrong);
        }
    }

    [Fact]
    public async Task A_file_that_is_no_proof_is_found_wrong_and_one_that_is_missing_cannot_be_checked()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["text"], "hello");
        (await CliRun.OfAsync("verify", folder["text"], "--genesis", ledger.Genesis)).Expect(ExitCode.FoundWrong).ExpectError("well-formed");
        (await CliRun.OfAsync("verify", folder["nowhere"], "--genesis", ledger.Genesis)).Expect(ExitCode.CouldNotRun);
    }
}
