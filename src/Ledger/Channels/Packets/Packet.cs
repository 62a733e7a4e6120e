using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Transfers;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels.Packets;

/// <summary>
/// What a channel carries: value, or a message to a handler (docs/wire-format.md section 9.2). Channel and sequence are not in it: they follow
/// from its place in the channel's tree. A view over bytes that the caller owns.
/// </summary>
public readonly ref struct Packet
{
    private const byte ValueTag = 1;
    private const byte MessageTag = 2;
    private const byte HomewardBit = 1;
    private const byte MemoBit = 2;
    private const byte DeliveryBit = 4;

    public bool IsMessage { get; init; }

    /// <summary>The account on the sending chain that sent it, and that a refund goes back to.</summary>
    public AccountNumber Sender { get; init; }

    /// <summary>At or past this time of the receiving chain the packet is not accepted any more.</summary>
    public Timestamp Timeout { get; init; }

    /// <summary>The asset is the receiver's own and goes home; its number is then the receiver's, else the sender's.</summary>
    public bool IsHomeward { get; init; }

    public AssetNumber Asset { get; init; }

    public AccountNumber Recipient { get; init; }

    /// <summary>Minor units.</summary>
    public long Amount { get; init; }

    /// <summary>The payment that this delivery carries out; 0 for none.</summary>
    public PendingNumber Delivers { get; init; }

    public ReadOnlySpan<byte> Memo { get; init; }

    /// <summary>The name of the handler on the receiving chain that a message is for.</summary>
    public ReadOnlySpan<byte> Handler { get; init; }

    public ReadOnlySpan<byte> Payload { get; init; }

    /// <exception cref="MalformedException">The bytes are no packet of this version.</exception>
    public static Packet Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var tag = reader.U8();
        var packet = tag switch
        {
            ValueTag => ReadValue(ref reader),
            MessageTag => ReadMessage(ref reader),
            _ => throw new MalformedException($"packet tag is {tag}, expected 1 (value) or 2 (message)"),
        };
        reader.End("packet");
        return packet;
    }

    internal static Packet Of(in Send send, AccountNumber sender, in RouteRecord route) => new()
    {
        Sender = sender,
        Timeout = send.Timeout,
        IsHomeward = route.IsVoucher,
        Asset = new AssetNumber(route.IsVoucher ? route.PeerAsset : route.Asset),
        Recipient = send.Recipient,
        Amount = send.Amount,
        Memo = send.Memo.Span,
        Delivers = send.Delivers ?? default,
    };

    internal static Packet Of(in SendMessage send, AccountNumber sender, ReadOnlySpan<byte> handler) => new()
    {
        IsMessage = true,
        Sender = sender,
        Timeout = send.Timeout,
        Handler = handler,
        Payload = send.Payload.Span,
    };

    public void Write(WireWriter writer)
    {
        writer.U8(IsMessage ? MessageTag : ValueTag);
        if (IsMessage)
        {
            writer.Varint(Sender.Value);
            writer.U48(Timeout.Ms);
            writer.Bytes8(Handler);
            writer.Sized(Payload);
            return;
        }

        writer.U8((byte)((IsHomeward ? HomewardBit : 0) | (Memo.IsEmpty ? 0 : MemoBit) | (Delivers.Value > 0 ? DeliveryBit : 0)));
        writer.Varint(Sender.Value);
        writer.U48(Timeout.Ms);
        writer.Varint(Asset.Value);
        writer.Varint(Recipient.Value);
        AmountCodec.Write(writer, Amount);
        if (!Memo.IsEmpty)
        {
            writer.Bytes8(Memo);
        }

        if (Delivers.Value > 0)
        {
            writer.Varint(Delivers.Value);
        }
    }

    private static Packet ReadMessage(scoped ref WireReader reader) => new()
    {
        IsMessage = true,
        Sender = new AccountNumber(reader.Varint(1, Limits.AccountsMax, "sender")),
        Timeout = new Timestamp(reader.U48()),
        Handler = reader.Bytes8(1, Limits.HandlerBytesMax, "handler"),
        Payload = reader.Bytes((int)reader.Varint(0, Limits.MessageBytesMax, "payload length")),
    };

    private static Packet ReadValue(scoped ref WireReader reader)
    {
        var flags = reader.U8();
        if ((flags & ~(HomewardBit | MemoBit | DeliveryBit)) != 0)
        {
            throw new MalformedException($"packet flags are 0x{flags:x2}, which has unknown bits");
        }

        return new Packet
        {
            IsHomeward = (flags & HomewardBit) != 0,
            Sender = new AccountNumber(reader.Varint(1, Limits.AccountsMax, "sender")),
            Timeout = new Timestamp(reader.U48()),
            Asset = new AssetNumber((uint)reader.Varint(1, Limits.AssetsMax, "asset")),
            Recipient = new AccountNumber(reader.Varint(1, Limits.AccountsMax, "recipient")),
            Amount = AmountCodec.Read(ref reader),
            Memo = (flags & MemoBit) != 0 ? reader.Bytes8(1, Limits.MemoBytesMax, "memo") : default,
            Delivers = (flags & DeliveryBit) != 0 ? new PendingNumber(reader.Varint(1, ulong.MaxValue, "pending")) : default,
        };
    }
}
