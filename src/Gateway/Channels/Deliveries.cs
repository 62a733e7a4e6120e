using Actors.Engine;
using Actors.Engine.Views;
using Actors.Ledger.Hashing;
using Actors.Ledger.Transactions;

namespace Actors.Gateway.Channels;

/// <summary>Follows what a transaction sent, here and, where the peer's chain is on this node too, there.</summary>
internal static class Deliveries
{
    /// <summary>As it stands now; null when the transaction is not recorded.</summary>
    public static async ValueTask<DeliveryPage?> ReadAsync(ILedgerNode node, ILedgerChain chain, TransactionId id, DeliveryQuery query, CancellationToken cancellation)
    {
        if (await chain.Channels.GetDeliveriesAsync(id, query, cancellation) is not { } page)
        {
            return null;
        }

        var known = new Dictionary<(Hash256 Peer, uint Channel), ChannelView?>();
        var deliveries = new List<DeliveryView>(page.Deliveries.Count);
        foreach (var delivery in page.Deliveries)
        {
            deliveries.Add(delivery.State == DeliveryState.Sent && await OtherSideAsync(node, delivery, known, cancellation) is { } other
                ? OtherSide.Tell(delivery, other)
                : delivery);
        }

        return page with { Deliveries = deliveries };
    }

    /// <summary>As soon as each is acknowledged or refunded, or as it stands when <paramref name="until"/> is cancelled.</summary>
    public static async ValueTask<DeliveryPage?> WaitAsync(ILedgerNode node, ILedgerChain chain, TransactionId id, DeliveryQuery query, CancellationToken until, CancellationToken cancellation)
    {
        var timedOut = new Dictionary<uint, uint>();
        while (true)
        {
            var page = await ReadAsync(node, chain, id, query, cancellation);
            if (page is null || !page.Deliveries.Any(IsPending))
            {
                return page;
            }

            try
            {
                await MovedAsync(chain, page, timedOut, until);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return await ReadAsync(node, chain, id, query, cancellation);
            }
        }
    }

    /// <summary>
    /// Completes once a block has settled or refunded something that the page waits for; at once for a channel that was not looked at before. Reads where the
    /// channels stand, not the log. <paramref name="timedOut"/> holds how many packets of each a timeout had refunded.
    /// </summary>
    private static async ValueTask MovedAsync(ILedgerChain chain, DeliveryPage page, Dictionary<uint, uint> timedOut, CancellationToken until)
    {
        Dictionary<uint, ulong> firstPending = [];
        foreach (var delivery in page.Deliveries.Where(IsPending))
        {
            firstPending.TryAdd(delivery.Channel, delivery.Sequence);
        }

        for (var height = page.AsOf; ; height = await chain.WaitForBlockAsync(height, until))
        {
            foreach (var (number, sequence) in firstPending)
            {
                var channel = (await chain.Channels.GetAsync(number, current: false, until))!;
                var isSame = timedOut.TryGetValue(number, out var before) && before == channel.TimedOut;
                timedOut[number] = channel.TimedOut;
                if (!isSame || channel.Settled >= sequence)
                {
                    return;
                }
            }
        }
    }

    private static bool IsPending(DeliveryView delivery) => delivery.State is DeliveryState.Sent or DeliveryState.Received;

    /// <summary>The state of the one that has come least far.</summary>
    public static DeliveryState Least(IReadOnlyList<DeliveryView> deliveries)
    {
        ReadOnlySpan<DeliveryState> order = [DeliveryState.Sent, DeliveryState.Received, DeliveryState.Settled, DeliveryState.Refunded];
        foreach (var state in order)
        {
            if (deliveries.Any(delivery => delivery.State == state))
            {
                return state;
            }
        }

        return DeliveryState.Acknowledged;
    }

    private static async ValueTask<ChannelView?> OtherSideAsync(ILedgerNode node, DeliveryView delivery, Dictionary<(Hash256 Peer, uint Channel), ChannelView?> known, CancellationToken cancellation)
    {
        var key = (delivery.PeerGenesis, delivery.PeerChannel);
        if (!known.TryGetValue(key, out var other))
        {
            known.Add(key, other = await OtherSide.FindAsync(node, delivery.PeerName, delivery.PeerGenesis, delivery.PeerChannel, cancellation));
        }

        return other;
    }
}
