using Actors.Cli.Channels;
using Actors.Cli.Client;
using Actors.Cli.Terminals;
using Actors.Ledger;
using Actors.Ledger.Transactions;

namespace Actors.Cli.Transactions;

/// <summary>Follows what a transaction sent over channels until it is acknowledged or refunded, and says so; the exit code is 1 when it came back.</summary>
internal static class DeliveryReport
{
    private const string Refunded = "refunded";

    /// <summary>Submits, waits, and answers for both.</summary>
    public static async Task<int> SendAsync(Session session, NodeClient node, ChainId chain, Transaction transaction, ReadOnlyMemory<byte> envelope, TimeSpan patience, CancellationToken cancellation)
    {
        var answered = await Submission.SubmitAsync(node, chain, transaction, envelope, cancellation);
        if (answered.Value.Outcome != Outcome.Committed)
        {
            return TransactionReport.Write(session, chain, transaction, answered);
        }

        var delivery = await new DeliveryFollowing(node, chain, transaction.Id.ToString(), patience).RunAsync(cancellation);
        answered.Json["delivery"] = delivery.Json;
        TransactionReport.Write(session, chain, transaction, answered, [.. delivery.Value.Deliveries.Select(Words)]);
        return Judge(delivery.Value);
    }

    /// <summary>Answers for a transaction that was sent before.</summary>
    public static async Task<int> ShowAsync(Session session, NodeClient node, ChainId chain, string id, TimeSpan patience, CancellationToken cancellation)
    {
        var delivery = await new DeliveryFollowing(node, chain, id, patience).RunAsync(cancellation);
        session.Answer(delivery.Json, delivery.Value.Deliveries.Select(Words));
        return patience > TimeSpan.Zero ? Judge(delivery.Value) : ExitCode.Fine;
    }

    private static int Judge(DeliveryList delivery)
    {
        if (delivery.Deliveries.FirstOrDefault(packet => packet.State == Refunded) is { Outcome: { } why } refunded)
        {
            throw new Client.RefusedException(why, $"packet {refunded.Sequence} of channel {refunded.Channel} was not accepted by {refunded.Peer}, its value is back", delivery.Id);
        }

        return DeliveryFollowing.IsOnItsWay(delivery.State)
            ? throw new CannotRunException($"not settled yet; ask again with 'actors transaction delivery {delivery.Id}'")
            : ExitCode.Fine;
    }

    private static string Words(DeliveryAnswer packet)
    {
        var where = $"packet {packet.Sequence} of channel {packet.Channel} to {packet.Peer}";
        return packet.State switch
        {
            "acknowledged" => $"{where}: acknowledged in block {packet.Height}",
            Refunded => $"{where}: refunded{(packet.Height is { } height ? $" in block {height}" : "")}{(packet.Outcome is { } why ? $": {why} ({(int)why})" : "")}",
            "received" => $"{where}: received; its acknowledgement is on its way",
            "settled" => $"{where}: settled, in a block after those looked at",
            _ => $"{where}: sent; {ChannelWords.Reason(packet.WaitsFor ?? "peer")}",
        };
    }
}
