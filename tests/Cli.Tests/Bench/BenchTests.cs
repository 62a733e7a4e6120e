using System.Text.Json.Nodes;
using Actors.Cli.Bench;
using Actors.Cli.Terminals;
using Actors.Ledger;
using Actors.Ledger.Transactions;

namespace Actors.Cli.Tests.Bench;

/// <summary>Small runs over the real engine: that figures come out and that a wrong one would be found, not how large they are.</summary>
public sealed class BenchTests
{
    [Theory]
    [InlineData("single")]
    [InlineData("bulk")]
    public async Task A_run_ends_in_one_object_with_its_figures(string signing)
    {
        var run = (await CliRun.OfAsync("bench", "transfers", "--signing", signing, "--accounts", "20", "--seconds", "1", "--warm-up", "1", "--rate", "300", "--bulk-size", "50", "--in-flight", "4", "--pace", "200", "--json")).Expect(ExitCode.Fine);
        var last = JsonNode.Parse(run.Out.TrimEnd('\n').Split('\n')[^1])!;
        Assert.True(last["invariantsHold"]!.GetValue<bool>());
        Assert.True(last["committedPerSecond"]!.GetValue<double>() > 0);
        Assert.True(last["cpuMicrosPerTransfer"]!.GetValue<double>() > 0);
        Assert.NotNull(last["bytesPerTransfer"]);
        Assert.All(new[] { "p50", "p99", "p999" }, name => Assert.True(last["latencyMs"]![name]!.GetValue<double>() > 0));
        Assert.Contains("machine", run.Error);
        Assert.Contains("transfers/s  (warm-up)", run.Error);
    }

    [Fact]
    public async Task A_transfer_that_was_not_acknowledged_and_is_there_fails_the_check()
    {
        using var folder = new DataFolder(null);
        await using var target = LedgerNodeTarget.InProcess(folder.Path);
        var layout = new OwnerLayout(4, 2);
        using var ledger = new BenchLedger(ChainId.Parse("bench"), layout, new Streams(TextWriter.Null, TextWriter.Null, false));
        await ledger.CreateAsync(target, default);
        var plan = new TransferPlan(layout, 1, seed: 1);
        var signed = new PresignedTransfers(ledger.Genesis.Hash, plan, ledger.Owners);
        await signed.SignAsync(3, TimeSpan.FromMinutes(1), new Advance());
        var (honest, forgetful) = (new Acknowledgements(3), new Acknowledgements(3));
        for (var i = 0; i < 3; i++)
        {
            var answer = await target.SubmitAsync(signed[i], default);
            Assert.Equal(Outcome.Committed, answer.Outcome);
            honest.Record(i, answer, 1);
            if (i != 1)
            {
                forgetful.Record(i, answer, 1);
            }
        }

        Assert.True((await InvariantCheck.RunAsync(target, ledger, plan, honest, 3, new Advance(), default)).Holds);
        var finding = await InvariantCheck.RunAsync(target, ledger, plan, forgetful, 3, new Advance(), default);
        Assert.False(finding.Holds);
        Assert.Equal((0, 2), ((int)finding.PostedSum, (int)finding.Mismatches));
        Assert.Contains("expected", finding.FirstMismatch);
    }

    [Theory]
    [InlineData("needs two accounts", "--accounts", "1")]
    [InlineData("at least one each", "--accounts", "10", "--keysets", "11")]
    [InlineData("five minutes|5 minutes", "--seconds", "300")]
    [InlineData("--node goes with --over", "--node", "http://localhost:1")]
    [InlineData("at most 8192", "--signing", "bulk", "--bulk-size", "8193")]
    public async Task What_cannot_be_measured_is_said_before_anything_is_made(string expected, params string[] arguments)
    {
        var run = (await CliRun.OfAsync(["bench", "transfers", .. arguments])).Expect(ExitCode.CouldNotRun);
        Assert.Matches(expected, run.Error);
        Assert.Empty(run.Out);
    }

    [Fact]
    public async Task A_folder_that_holds_something_is_not_measured_in()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["mine"], "");
        (await CliRun.OfAsync("bench", "transfers", "--data", folder.Path)).Expect(ExitCode.CouldNotRun).ExpectError("is not empty");
    }
}
