using System.Text.Json.Nodes;
using Actors.ProcessTests.Programs;

namespace Actors.ProcessTests.Relays;

/// <summary>The bench over channels between two node processes, as short as it goes.</summary>
public sealed class RelayBenchTests
{
    [Fact]
    public async Task A_short_run_over_a_relay_counts_what_was_acknowledged_and_finds_every_account_as_it_must_be()
    {
        var ran = await ActorsCommand.SucceedAsync(
            "bench", "channels", "--over", "relay", "--accounts", "200", "--bulk-size", "200", "--in-flight", "4", "--seconds", "1", "--warm-up", "1", "--pace", "2000", "--json");
        var report = JsonNode.Parse(ran.Output)!;

        Assert.True((bool)report["invariantsHold"]!, ran.Output);
        Assert.True((long)report["messages"]! > 0, ran.Output);
        Assert.Contains("two gateways", (string)report["header"]!["target"]!, StringComparison.Ordinal);
    }
}
