using System.Text;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels.Packets;

/// <summary>
/// Sends bytes to a named handler of the peer, in the name of an account, whose owner signs. The handler takes it before
/// <paramref name="Timeout"/> by the peer's time, or the sender's chain learns why not. <paramref name="Peer"/> as in <see cref="Send"/>.
/// </summary>
public readonly record struct SendMessage(
    AccountReference Sender,
    EntityReference Channel,
    string Handler,
    ReadOnlyMemory<byte> Payload,
    Timestamp Timeout,
    Hash256? Peer = null,
    bool Linked = false) : IOperation<SendMessage>
{
    internal const int PeerBit = 1;

    public OperationType Type => OperationType.SendMessage;

    static SendMessage IOperation<SendMessage>.Read(ref WireReader reader, OperationFlags flags)
    {
        var sender = AccountReference.Read(ref reader);
        var channel = EntityReference.Read(ref reader, "channel");
        var handler = Encoding.Latin1.GetString(reader.Bytes8(1, Limits.HandlerBytesMax, "handler"));
        var payload = reader.Bytes((int)reader.Varint(0, Limits.MessageBytesMax, "payload length")).ToArray();
        var timeout = new Timestamp(reader.U48());
        return new SendMessage(sender, channel, handler, payload, timeout, flags.Has(PeerBit) ? reader.Hash() : null, flags.Linked);
    }

    void IOperation<SendMessage>.Check(OperationStructure structure)
    {
        structure.Account(Sender);
        structure.Channel(Channel);
        foreach (var c in Handler)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('.' or '_' or '-'))
            {
                throw new MalformedException("handler has a character outside a-z 0-9 . _ -");
            }
        }
    }

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked, OperationFlags.Bit(PeerBit, Peer is not null));
        Sender.Write(writer);
        Channel.Write(writer);
        writer.Bytes8(Encoding.Latin1.GetBytes(Handler));
        writer.Sized(Payload.Span);
        writer.U48(Timeout.Ms);
        if (Peer is { } peer)
        {
            writer.Hash(peer);
        }
    }
}
