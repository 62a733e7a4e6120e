using System.Text;
using Actors.Ledger.Blocks;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Operations;
using Actors.Ledger.Proofs;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels.Relaying;

/// <summary>A packet as a block committed it: the leaf of its channel's tree at this sequence.</summary>
public sealed record SentPacket(uint Channel, ulong Sequence, byte[] Bytes);

/// <summary>
/// Finds the packets that a block sent. They are not stored beside the sends that they follow from; a relay reads them out of the block
/// that the slot of an unsettled packet names. Routes never change, so any later table of them serves.
/// </summary>
internal static class SentPackets
{
    public static List<SentPacket> Of(Block block, RouteTable routes)
    {
        var packets = new List<SentPacket>();
        var writer = new WireWriter();
        for (var i = 0; i < block.Transactions.Count; i++)
        {
            var effect = block.Effect(i);
            if (effect.Outcome != Outcome.Committed)
            {
                continue;
            }

            var operations = OperationList.Of(block.Transactions[i].Transaction);
            for (var at = operations.First; at < operations.End; at++)
            {
                if (operations.Type(at) is OperationType.Send or OperationType.SendMessage && effect.Find(at) is { Outcome: Outcome.Committed } entry)
                {
                    var channel = Write(operations, at, effect, routes, writer);
                    packets.Add(new SentPacket(channel, entry.Created, writer.ToArray()));
                    writer.Clear();
                }
            }
        }

        return packets;
    }

    private static uint Write(OperationList operations, int at, TransactionEffect effect, RouteTable routes, WireWriter writer) => operations.Decode(at) switch
    {
        Send send => Write(send, AccountEffects.Resolve(send.Debit, operations, effect)!.Value, routes, writer),
        SendMessage send => Write(send, AccountEffects.Resolve(send.Sender, operations, effect)!.Value, operations, effect, writer),
        var other => throw new ArgumentException($"{other.Type} sends nothing", nameof(at)),
    };

    private static uint Write(in Send send, AccountNumber sender, RouteTable routes, WireWriter writer)
    {
        routes.TryFindAccount(send.Through.Value, out var number);
        ref readonly var route = ref routes.Read(number);
        Packet.Of(send, sender, route).Write(writer);
        return route.Channel;
    }

    private static uint Write(in SendMessage send, AccountNumber sender, OperationList operations, TransactionEffect effect, WireWriter writer)
    {
        Packet.Of(send, sender, Encoding.Latin1.GetBytes(send.Handler)).Write(writer);
        return (uint)(send.Channel.IsCreated ? effect.Find(operations.Creating(send.Channel.Value)!.Value).Created : send.Channel.Value);
    }
}
