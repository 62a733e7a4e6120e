using Actors.Ledger;
using Actors.Ledger.Channels;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;

namespace Actors.Simulation.Channels;

/// <summary>
/// What a relay could try: it has seen every message, and may change, cut, splice and redirect them. Nothing that it makes up may ever be believed: a
/// naive ledger that knows the truth judges whatever is recorded.
/// </summary>
internal sealed class RelayLies(Random random)
{
    /// <summary>A message for <paramref name="to"/> made out of others.</summary>
    public byte[] Tell(ChannelChain to, byte[] message, byte[] other, ChannelChain otherTo)
    {
        switch (random.Next(9))
        {
            case 0:
                Sometimes.Happened("a lie: a flipped byte");
                var flipped = message.ToArray();
                flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 1:
                Sometimes.Happened("a lie: to the wrong chain");
                return Make(to, Operations(otherTo, other));
            case 2:
                Sometimes.Happened("a lie: proofs of two messages spliced");
                return Make(to, [.. Operations(to, message).Take(1), .. Operations(otherTo, other).Skip(1).DefaultIfEmpty(Operations(to, message)[^1])]);
            case 3:
                Sometimes.Happened("a lie: without the header");
                return Make(to, [.. Operations(to, message).Skip(1).DefaultIfEmpty(Operations(to, message)[0])]);
            default:
                return Make(to, [.. Operations(to, message).Select(Change)]);
        }
    }

    private IOperation Change(IOperation operation)
    {
        switch (operation)
        {
            case UpdatePeer update when random.Next(2) == 0:
                Sometimes.Happened("a lie: a forged header");
                return update with { Header = update.Header with { ChannelsRoot = Ledger.Hashing.Sha256.Of(update.Header.Encode()) } };
            case UpdatePeer update:
                Sometimes.Happened("a lie: a header sealed by somebody else");
                return update with { Seal = new Signature(new byte[Signature.Size]) };
            case Receive receive:
                return (random.Next(6)) switch
                {
                    0 => Told("a lie: a wrong height", receive with { Height = receive.Height + (ulong)random.Next(2) + 1 }),
                    1 => Told("a lie: a wrong channel", receive with { Channel = receive.Channel + 1 }),
                    2 => Told("a lie: a forged packet", receive with { Packets = Flip(receive.Packets) }),
                    3 => Told("a lie: skipped packets", receive with { Packets = receive.Packets with { First = receive.Packets.First + 1 } }),
                    4 => Told("a lie: a forged channel", receive with { Proof = Forge(receive.Proof) }),
                    _ => Told("a lie: not received, though it is", new TimeOut(receive.Channel, receive.Height, receive.Proof, [new SequenceRange(1, 3)])),
                };
            case Acknowledge acknowledge:
                return random.Next(4) switch
                {
                    0 => Told("a lie: a wrong height", acknowledge with { Height = acknowledge.Height + 1 }),
                    1 => Told("a lie: a forged acknowledgement", acknowledge with { Acknowledgements = Flip(acknowledge.Acknowledgements) }),
                    2 => Told("a lie: a forged channel", acknowledge with { Proof = Forge(acknowledge.Proof) }),
                    _ => Told("a lie: not received, though it is", new TimeOut(acknowledge.Channel, acknowledge.Height, acknowledge.Proof, [new SequenceRange((ulong)random.Next(1, 30), 1)])),
                };
            case TimeOut timeOut:
                return Told("a lie: too early a timeout", timeOut with { Packets = [new SequenceRange(timeOut.Packets[0].First, timeOut.Packets[0].Count + random.Next(1, 4))] });
            default:
                return operation;
        }
    }

    private static IOperation Told(string what, IOperation lie)
    {
        Sometimes.Happened(what);
        return lie;
    }

    private LeafRun Flip(LeafRun run)
    {
        var bytes = run.Bytes.ToArray();
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return run with { Bytes = bytes };
    }

    private ChannelProof Forge(ChannelProof proof)
    {
        var bytes = proof.Bytes.ToArray();
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return proof with { Bytes = bytes };
    }

    private static List<IOperation> Operations(ChannelChain to, byte[] message)
    {
        var transaction = Envelope.Parse(message, to.Genesis.Hash).Transaction;
        return [.. Enumerable.Range(0, transaction.OperationCount).Select(i => OperationCodec.Read(transaction.Operation(i)))];
    }

    private static byte[] Make(ChannelChain to, List<IOperation> operations)
    {
        var expiry = new Timestamp(to.Clock.UnixMs + 30_000);
        return Envelope.Encode(to.Genesis.Hash, Transaction.Create(to.Genesis.Hash, expiry, TransactionKind.Proven, operations.Count, OperationCodec.Encode(operations)), []);
    }
}
