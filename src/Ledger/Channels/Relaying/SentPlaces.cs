using Actors.Ledger.Blocks;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Operations;
using Actors.Ledger.Proofs;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Channels.Relaying;

/// <summary>
/// Which operation of a block sent a packet. Of value the operation names the account of a route and not the channel: <paramref name="Channel"/> is 0
/// then; of a message <paramref name="Through"/> is 0.
/// </summary>
internal readonly record struct SentPlace(int Transaction, int Operation, ulong Sequence, AccountNumber Through, uint Channel);

/// <summary>Finds the operations of a block that sent packets, without writing the packets again.</summary>
internal static class SentPlaces
{
    public static List<SentPlace> Of(Block block)
    {
        var places = new List<SentPlace>();
        for (var i = 0; i < block.Transactions.Count; i++)
        {
            Of(block, i, places);
        }

        return places;
    }

    /// <summary>Those of one transaction of the block.</summary>
    public static List<SentPlace> Of(Block block, int transaction)
    {
        var places = new List<SentPlace>();
        Of(block, transaction, places);
        return places;
    }

    private static void Of(Block block, int transaction, List<SentPlace> into)
    {
        var recorded = block.Transactions[transaction].Transaction;
        if (recorded.Kind == TransactionKind.Proven)
        {
            return;
        }

        var effect = block.Effect(transaction);
        if (effect.Outcome != Outcome.Committed)
        {
            return;
        }

        var operations = OperationList.Of(recorded);
        foreach (var entry in effect.Operations)
        {
            if (entry.Outcome == Outcome.Committed && operations.Type(entry.Operation) is OperationType.Send or OperationType.SendMessage)
            {
                into.Add(PlaceOf(operations, transaction, entry, effect));
            }
        }
    }

    private static SentPlace PlaceOf(OperationList operations, int transaction, in OperationEffect entry, TransactionEffect effect) => operations.Decode(entry.Operation) switch
    {
        Send send => new SentPlace(transaction, entry.Operation, entry.Created, send.Through, 0),
        SendMessage { Channel: { IsCreated: true } created } => new SentPlace(transaction, entry.Operation, entry.Created, default, (uint)effect.Find(operations.Creating(created.Value)!.Value).Created),
        SendMessage send => new SentPlace(transaction, entry.Operation, entry.Created, default, (uint)send.Channel.Value),
        var other => throw new ArgumentException($"{other.Type} sends nothing", nameof(entry)),
    };
}
