using System.Diagnostics;
using System.Text.Json.Nodes;
using Actors.Cli.Client;
using Actors.Ledger;

namespace Actors.Cli.Transactions;

/// <summary>
/// Follows every packet that a transaction sent: page by page, and further through the log where one answer does not reach to the block that settled a
/// packet. Waits for what is not settled as long as <paramref name="patience"/> says, over all pages.
/// </summary>
internal sealed class DeliveryFollowing(NodeClient node, ChainId chain, string id, TimeSpan patience)
{
    private const string Settled = "settled";
    private const int WaitMaxSeconds = 20;
    private readonly Stopwatch _since = Stopwatch.StartNew();

    /// <summary>All packets, in order of operation, with the state of the one that has come least far.</summary>
    public async Task<Answered<DeliveryList>> RunAsync(CancellationToken cancellation)
    {
        var packets = new SortedDictionary<int, Packet>();
        var (json, next) = await FollowPageAsync(packets, 0, cancellation);
        while (next is { } operation)
        {
            next = await TryFollowPageAsync(packets, operation, cancellation);
        }

        var state = Least(packets.Values);
        json["state"] = state;
        json["next"] = null;
        json["deliveries"] = new JsonArray([.. packets.Values.Select(packet => packet.Json.DeepClone())]);
        return new Answered<DeliveryList>(new DeliveryList(id, state, [.. packets.Values.Select(packet => packet.Answer)]), json);
    }

    /// <summary>The packets of one page, from an operation on.</summary>
    public async Task<IReadOnlyList<DeliveryAnswer>> PageAsync(int operation, CancellationToken cancellation)
    {
        var packets = new SortedDictionary<int, Packet>();
        await FollowPageAsync(packets, operation, cancellation);
        return [.. packets.Values.Select(packet => packet.Answer)];
    }

    public static bool IsOnItsWay(string state) => state is "sent" or "received";

    /// <summary>A page that is all of others' packets is not shown to everybody.</summary>
    private async Task<int?> TryFollowPageAsync(SortedDictionary<int, Packet> packets, int operation, CancellationToken cancellation)
    {
        try
        {
            return (await FollowPageAsync(packets, operation, cancellation)).Next;
        }
        catch (NodeProblemException problem) when (problem.Type == "delivery-not-found")
        {
            return null;
        }
    }

    private async Task<(JsonObject Json, int? Next)> FollowPageAsync(SortedDictionary<int, Packet> packets, int operation, CancellationToken cancellation)
    {
        for (ulong from = 0; ;)
        {
            var left = (patience - _since.Elapsed).TotalSeconds;
            var (page, json) = await node.FollowDeliveryAsync(chain, id, (int)Math.Clamp(Math.Ceiling(left), 0, WaitMaxSeconds), operation, from, cancellation);
            var seen = page.Deliveries.Select((answer, i) => Keep(packets, new Packet(answer, json["deliveries"]![i]!))).ToList();
            if (page.LookFrom > from && seen.Exists(packet => packet.Answer.State == Settled))
            {
                from = page.LookFrom.Value;
            }
            else if (left <= 0 || !seen.Exists(packet => IsOnItsWay(packet.Answer.State)))
            {
                return (json, page.Next > operation ? page.Next : null);
            }
        }
    }

    /// <summary>What was found in an earlier part of the log is not looked for again, and told as settled only.</summary>
    private static Packet Keep(SortedDictionary<int, Packet> packets, Packet packet) =>
        packet.Answer.State == Settled && packets.TryGetValue(packet.Answer.Operation, out var known) && !IsOnItsWay(known.Answer.State)
            ? known
            : packets[packet.Answer.Operation] = packet;

    private static string Least(IReadOnlyCollection<Packet> packets)
    {
        string[] order = ["sent", "received", Settled, "refunded"];
        return Array.Find(order, state => packets.Any(packet => packet.Answer.State == state)) ?? "acknowledged";
    }

    private sealed record Packet(DeliveryAnswer Answer, JsonNode Json);
}
