using System.Text;
using System.Text.Json.Serialization;
using Actors.Ledger;
using Actors.Ledger.Channels.Deliveries;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Gateway.Json.Operations;

internal sealed record SendJson(AccountText Debit, AccountNumber Through, AccountNumber Recipient, long Amount, Timestamp Timeout) : OperationJson
{
    /// <summary>The pending on the peer that this delivery pays.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PendingNumber? Delivers { get; init; }

    /// <summary>Up to 64 bytes for the recipient.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HexBytes? Memo { get; init; }

    /// <summary>The peer's genesis hash, so that what is signed names the peer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Hash256? Peer { get; init; }

    public static SendJson From(Send operation) => new(new AccountText(operation.Debit), operation.Through, operation.Recipient, operation.Amount, operation.Timeout)
    {
        Delivers = operation.Delivers,
        Memo = operation.Memo.IsEmpty ? null : new HexBytes(operation.Memo),
        Peer = operation.Peer,
        Linked = operation.Linked,
    };

    internal override IOperation ToOperation(ChainId chain) => (Memo?.Value.Length ?? 0) <= Limits.MemoBytesMax
        ? new Send(Debit.On(chain), Through, Recipient, Amount, Timeout, Delivers, Memo?.Value ?? default, Peer, Linked)
        : throw new MalformedException($"a memo has {Memo!.Value.Value.Length} bytes, at most {Limits.MemoBytesMax} are allowed");
}

internal sealed record SendMessageJson(AccountText Sender, EntityReference Channel, string Handler, Timestamp Timeout) : OperationJson
{
    /// <summary>Up to 4,096 bytes for the handler.</summary>
    public HexBytes Payload { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Hash256? Peer { get; init; }

    public static SendMessageJson From(SendMessage operation) => new(new AccountText(operation.Sender), operation.Channel, operation.Handler, operation.Timeout)
    {
        Payload = new HexBytes(operation.Payload),
        Peer = operation.Peer,
        Linked = operation.Linked,
    };

    internal override IOperation ToOperation(ChainId chain) =>
        Handler.Length is < 1 or > Limits.HandlerBytesMax || !Ascii.IsValid(Handler) ? throw new MalformedException($"expected a handler's name of 1 to {Limits.HandlerBytesMax} ASCII characters")
        : Payload.Value.Length > Limits.MessageBytesMax ? throw new MalformedException($"a message has {Payload.Value.Length} bytes, at most {Limits.MessageBytesMax} are allowed")
        : new SendMessage(Sender.On(chain), Channel, Handler, Payload.Value, Timeout, Peer, Linked);
}

internal sealed record PendingDeliveryJson(
    AccountText Debit,
    AccountText Credit,
    long Amount,
    Timestamp Timeout,
    AccountNumber Through,
    AccountNumber Sender,
    long Delivered,
    AccountText Recipient) : OperationJson
{
    public static PendingDeliveryJson From(PendingDelivery operation) => new(
        new AccountText(operation.Debit),
        new AccountText(operation.Credit),
        operation.Amount,
        operation.Timeout,
        operation.Through,
        operation.Sender,
        operation.Delivered,
        new AccountText(operation.Recipient))
    {
        Linked = operation.Linked,
    };

    internal override IOperation ToOperation(ChainId chain) =>
        new PendingDelivery(Debit.On(chain), Credit.On(chain), Amount, Timeout, Through, Sender, Delivered, Recipient.On(chain), Linked);
}
