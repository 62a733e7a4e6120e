using System.Text.Json.Nodes;
using Actors.Cli.Client;
using Actors.Cli.Transactions;

namespace Actors.Cli.Tests;

/// <summary>How a packet was settled is looked for over as many answers as it takes.</summary>
public sealed class DeliverySearchTests
{
    private readonly List<ulong> _asked = [];

    [Fact]
    public async Task What_was_not_found_in_one_answer_is_looked_for_further_on_and_what_was_found_is_kept()
    {
        var found = await DeliverySearch.LookOnAsync(Answer(5_000, "acknowledged", "settled", "settled"), Ask(Answer(9_000, "settled", "settled", "refunded"), Answer(null, "settled", "acknowledged", "settled")));

        Assert.Equal([5_000, 9_000], _asked);
        Assert.Equal(["acknowledged", "acknowledged", "refunded"], found.Value.Deliveries.Select(packet => packet.State));
        Assert.Equal(("refunded", "refunded", (ulong?)null), (found.Value.State, (string)found.Json["state"]!, found.Value.LookFrom));
        Assert.Equal(found.Value.Deliveries.Select(packet => packet.State), found.Json["deliveries"]!.AsArray().Select(packet => (string)packet!["state"]!));
        Assert.Null(found.Json["lookFrom"]);
    }

    [Fact]
    public async Task At_the_newest_block_it_ends()
    {
        var found = await DeliverySearch.LookOnAsync(Answer(5_000, "settled"), Ask(Answer(5_000, "settled")));

        Assert.Equal([5_000], _asked);
        Assert.Equal(("settled", 5_000UL), (found.Value.State, found.Value.LookFrom!.Value));
    }

    [Fact]
    public async Task What_is_settled_already_or_not_yet_is_not_asked_for_again()
    {
        Assert.Equal("acknowledged", (await DeliverySearch.LookOnAsync(Answer(null, "acknowledged"), Ask())).Value.State);
        Assert.Equal("sent", (await DeliverySearch.LookOnAsync(Answer(null, "sent"), Ask())).Value.State);
        Assert.Empty(_asked);
    }

    private Func<ulong, Task<Answered<DeliveryList>>> Ask(params Answered<DeliveryList>[] answers) => from =>
    {
        _asked.Add(from);
        return Task.FromResult(answers[_asked.Count - 1]);
    };

    private static Answered<DeliveryList> Answer(ulong? lookFrom, params string[] states)
    {
        var json = new JsonObject { ["state"] = "settled", ["deliveries"] = new JsonArray([.. states.Select(state => (JsonNode)new JsonObject { ["state"] = state })]) };
        if (lookFrom is { } from)
        {
            json["lookFrom"] = $"{from}";
        }

        var packets = states.Select((state, i) => new DeliveryAnswer(i, 1, (ulong)i + 1, state, "south")).ToList();
        return new Answered<DeliveryList>(new DeliveryList("id", states.Length == 1 ? states[0] : "settled", packets) { LookFrom = lookFrom }, json);
    }
}
