using Actors.Cli.Client;

namespace Actors.Cli.Transactions;

/// <summary>
/// Goes on looking for how packets were settled where one answer has not looked far enough: a node looks at some thousand blocks for each, and says where the next begins. Ends at the
/// newest block.
/// </summary>
internal static class DeliverySearch
{
    private const string Settled = "settled";

    /// <summary>From the one that has come least far, as the node orders them.</summary>
    private static readonly string[] Order = ["sent", "received", Settled, "refunded", "acknowledged"];

    /// <param name="first">The answer so far.</param>
    /// <param name="look">Asks again, with the block to look from.</param>
    public static async Task<Answered<DeliveryList>> LookOnAsync(Answered<DeliveryList> first, Func<ulong, Task<Answered<DeliveryList>>> look)
    {
        var found = first;
        for (var from = first.Value.LookFrom; from is { } next;)
        {
            var later = await look(next);
            found = Join(found, later);
            from = later.Value.LookFrom > next && found.Value.State == Settled ? later.Value.LookFrom : null;
        }

        return found;
    }

    /// <summary>What was found later stands where nothing was found before.</summary>
    private static Answered<DeliveryList> Join(Answered<DeliveryList> found, Answered<DeliveryList> later)
    {
        var (packets, json) = (found.Value.Deliveries.ToArray(), found.Json);
        for (var i = 0; i < packets.Length; i++)
        {
            if (packets[i].State == Settled && later.Value.Deliveries.ToList().FindIndex(packet => packet.Operation == packets[i].Operation) is >= 0 and var at)
            {
                packets[i] = later.Value.Deliveries[at];
                json["deliveries"]![i] = later.Json["deliveries"]![at]!.DeepClone();
            }
        }

        var state = packets.Select(packet => packet.State).MinBy(packet => Array.IndexOf(Order, packet))!;
        json["state"] = state;
        if (state != Settled)
        {
            json.Remove("lookFrom");
        }

        return found with { Value = found.Value with { Deliveries = packets, State = state, LookFrom = state == Settled ? later.Value.LookFrom : null } };
    }
}
