using Actors.Gateway.Json.Operations;
using Actors.Ledger;
using Actors.Ledger.Channels.Deliveries;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;

namespace Actors.Gateway.Tests;

/// <summary>Operations over channels in JSON are the operations that they stand for.</summary>
public sealed class ChannelJsonTests
{
    private static readonly AccountReference Payer = AccountReference.Numbered(new AccountNumber(7));
    private static readonly AccountReference Payee = AccountReference.Created(0, 3);
    private static readonly EntityReference One = EntityReference.Numbered(1);
    private static readonly Timestamp Soon = new(1_800_000_000_000);

    public static TheoryData<IOperation> Operations =>
    [
        new OpenChannel(One, 1_000),
        new OpenChannel(EntityReference.Created(0), 1_000, 4),
        new PauseChannel(One),
        new PauseChannel(One, Resume: true),
        new AbandonChannel(One),
        new OpenRoute(One, EntityReference.Numbered(9)),
        new OpenRoute(One, default, new Voucher(9, 2, "HOME.EUR"), Linked: true),
        new LimitRoute(3, 5_000_000),
        new Send(Payer, new AccountNumber(2), new AccountNumber(5), 12, Soon),
        new Send(Payer, new AccountNumber(2), new AccountNumber(5), 12, Soon, new PendingNumber(3), new byte[] { 1, 2 }, Hash256.Zero, Linked: true),
        new SendMessage(Payer, One, "orders", new byte[] { 1, 2, 3 }, Soon, Hash256.Zero),
        new PendingDelivery(Payer, Payee, 12, Soon, new AccountNumber(2), new AccountNumber(5), 40, Payer),
    ];

    [Theory]
    [MemberData(nameof(Operations))]
    public void An_operation_comes_back_out_of_its_json(IOperation operation)
    {
        var again = OperationJsonTypes.From(operation).ToOperation(ChainId.Parse("demo"));

        Assert.Equal(OperationCodec.Encode([operation]).ToArray(), OperationCodec.Encode([again]).ToArray());
    }
}
