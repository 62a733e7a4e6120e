using Actors.Engine.Views;
using Actors.Ledger.Blocks;
using Actors.Ledger.Channels.Relaying;

namespace Actors.Engine.Channels;

/// <summary>The packets that a transaction sent, from an operation on, and the operation that a next page begins with.</summary>
internal sealed record SentDeliveries(IReadOnlyList<SentPlace> Places, int? NextOperation)
{
    public static SentDeliveries Of(Block block, int transaction, DeliveryQuery query)
    {
        List<SentPlace> places = [.. SentPlaces.Of(block, transaction).Where(place => place.Operation >= query.FromOperation).Take(query.CountMax + 1)];
        return places.Count <= query.CountMax
            ? new SentDeliveries(places, null)
            : new SentDeliveries(places[..query.CountMax], places[query.CountMax].Operation);
    }
}
