using Actors.Ledger.Proofs;
using Actors.Ledger.Tests.Proofs;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Channels;

/// <summary>Packet and equivocation files, and what receipts say of packets. What is refused is in the golden vectors.</summary>
public sealed class ChannelFileTests
{
    private readonly Pair _pair = new();

    [Fact]
    public void A_packet_file_shows_a_refund_and_every_changed_byte_of_it_is_refused()
    {
        _pair.Send(40, to: 999);
        _pair.Link.Receive(_pair.Away);
        _pair.Link.Acknowledge(_pair.Home);
        var file = PacketProof.Build(_pair.Home.Anchor(_pair.Home.Height), _pair.Home.Block(_pair.Home.Height), channel: 1, sequence: 1, refunded: true).Encode();
        var shown = ProofAssert.Verifies(file, _pair.Home.Genesis).Packet!.Value;
        Assert.Equal((true, Outcome.CreditAccountNotFound, 40L), (shown.IsRefund, shown.Outcome, shown.Amount));
        ProofAssert.EveryChangedByteIsRefused(file, _pair.Home.Genesis);
        Assert.Throws<ArgumentException>(() => PacketProof.Build(_pair.Home.Anchor(1), _pair.Home.Block(1), channel: 1, sequence: 1, refunded: true));
    }

    [Fact]
    public void A_refund_of_our_packet_and_a_receipt_of_the_peers_packet_of_the_same_number_are_told_apart()
    {
        _pair.Send(50);
        _pair.Link.Receive(_pair.Away);
        _pair.SendHome(7);
        _pair.Send(40, to: 999);
        _pair.SendHome(8);
        _pair.Link.Receive(_pair.Away);
        var (home, away) = (_pair.Home, _pair.Away);
        Assert.Equal(Outcome.Committed, home.Prove(away.Update(home), home.Receive(away, 1, 1, 1, 2), home.Acknowledge(away, 1, 1, 1, 2)));
        var (anchor, block) = (home.Anchor(home.Height), home.Block(home.Height));

        var received = PacketProof.Build(anchor, block, channel: 1, sequence: 2, refunded: false);
        var refunded = PacketProof.Build(anchor, block, channel: 1, sequence: 2, refunded: true);

        Assert.Equal(received.Leaf.Index, refunded.Leaf.Index);
        Assert.Equal((8L, false), (ProofAssert.Verifies(received.Encode(), home.Genesis).Packet!.Value.Amount, ProofAssert.Verifies(received.Encode(), home.Genesis).Packet!.Value.IsRefund));
        Assert.Equal((40L, true), (ProofAssert.Verifies(refunded.Encode(), home.Genesis).Packet!.Value.Amount, ProofAssert.Verifies(refunded.Encode(), home.Genesis).Packet!.Value.IsRefund));
        ProofAssert.EveryChangedByteIsRefused(refunded.Encode(), home.Genesis);
        Assert.Null(PacketProof.TryBuild(anchor, block, channel: 1, sequence: 1, refunded: true));
    }

    [Fact]
    public void Every_changed_byte_of_an_equivocation_file_is_refused() =>
        ProofAssert.EveryChangedByteIsRefused(Equivocations.SameHeight(_pair.Home, 2), _pair.Home.Genesis);

    [Fact]
    public void A_receipt_says_which_packet_was_sent_and_which_were_not_accepted()
    {
        _pair.Send(40, to: 999);
        var sent = ProofAssert.Verifies(Receipt.Encode(_pair.Home.Anchor(_pair.Home.Height), OperationProof.Build(_pair.Home.Block(_pair.Home.Height), 0, 0)), _pair.Home.Genesis);
        Assert.Contains(sent.Claims, claim => claim.Text.EndsWith("sent as packet 1", StringComparison.Ordinal));
        _pair.Link.Receive(_pair.Away);
        var received = ProofAssert.Verifies(Receipt.Encode(_pair.Away.Anchor(_pair.Away.Height), OperationProof.Build(_pair.Away.Block(_pair.Away.Height), 0, 1)), _pair.Away.Genesis);
        Assert.Contains(received.Claims, claim => claim.Text.Contains("all accepted but 1 CreditAccountNotFound", StringComparison.Ordinal));
        Assert.Equal(1UL, Assert.Single(received.Transaction!.Operations).Acknowledgement!.First);
    }
}
