using Actors.Ledger;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Simulation.Channels;

/// <summary>What the simulator found that a relay stuck at, one test each.</summary>
public sealed class SimRelayTests
{
    private readonly ForgedPair _pair = new();

    [Fact]
    public void Packets_go_on_though_the_header_that_proves_them_is_held_already()
    {
        _pair.Send(5);
        ShowHeaderOnly(_pair.ToAway);
        Assert.Equal(0UL, _pair.Away.State.Channels[1].Received);

        ChannelWorld.Carry(_pair.ToAway);

        Assert.Equal(1UL, _pair.Away.State.Channels[1].Received);
    }

    [Fact]
    public void A_timeout_is_shown_though_the_header_that_proves_it_is_held_already()
    {
        _pair.Send(5, timeoutInMs: 1_000);
        Advance(2_000);
        _pair.Away.Seal();
        // Whoever carried the channel's opening anew would show this header too.
        var update = _pair.ToForged.CarryTimeouts(_pair.Away.Writers[0], _pair.Forged.Writers[0])!;
        Deliver(_pair.ToForged, FirstOperation(_pair.Forged, update));

        Deliver(_pair.ToForged, _pair.ToForged.CarryTimeouts(_pair.Away.Writers[0], _pair.Forged.Writers[0])!);

        Assert.Equal([1UL], _pair.Forged.State.Channels[1].TimedOut);
    }

    [Fact]
    public void More_changes_of_key_than_one_update_shows_are_followed_in_steps()
    {
        _pair.ChangeKeys((3 * Limits.KeyChangesPerUpdateMax) + 1);
        _pair.Send(5);

        ChannelWorld.Carry(_pair.ToAway);

        Assert.Equal(1UL, _pair.Away.State.Channels[1].Received);
    }

    private static void ShowHeaderOnly(SimRelay relay)
    {
        Deliver(relay, FirstOperation(relay.To, relay.Carry(relay.From.Writers[0], relay.To.Writers[0])!));
        relay.Die();
    }

    private static void Deliver(SimRelay relay, byte[] message)
    {
        relay.To.Deliver(relay.To.Writers[0], message);
        relay.To.Settle();
    }

    private static byte[] FirstOperation(ChannelChain to, byte[] message)
    {
        var transaction = Envelope.Parse(message, to.Genesis.Hash).Transaction;
        var first = OperationCodec.Read(transaction.Operation(0));
        return Envelope.Encode(to.Genesis.Hash, Transaction.Create(to.Genesis.Hash, transaction.Expiry, TransactionKind.Proven, 1, OperationCodec.Encode([first])), []);
    }

    private void Advance(long ms)
    {
        _pair.Away.Clock.Advance(ms);
        _pair.Forged.Clock.Advance(ms);
        _pair.Home.Clock.Advance(ms);
    }
}
