using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Channels;

/// <summary>Value that crosses a channel, and what both sides say of it.</summary>
public sealed class ValueTests
{
    private readonly Pair _pair = new();

    [Fact]
    public void Value_sent_is_in_escrow_at_home_and_a_voucher_away()
    {
        _pair.Send(300);
        Assert.Equal((700, 300, 0), (_pair.Home.Posted(_pair.Alice), _pair.Escrow, _pair.Vouchers));
        Assert.Equal(Outcome.Committed, _pair.Link.Receive(_pair.Away));
        Assert.Equal((300, 300), (_pair.Away.Posted(_pair.Bob), _pair.Vouchers));
        Assert.Equal(Outcome.Committed, _pair.Link.Acknowledge(_pair.Home));
        Assert.Equal((1UL, 1UL, 1UL), (_pair.Home.Channel(1).Sent, _pair.Home.Channel(1).Settled, _pair.Home.Channel(1).Consumed));
        Assert.Equal(300, _pair.Escrow);
        _pair.CheckReplay();
    }

    [Fact]
    public void A_voucher_that_goes_home_is_burnt_and_releases_the_escrow()
    {
        _pair.Send(300);
        _pair.Link.Receive(_pair.Away);
        _pair.SendHome(120, _pair.Alice + 1);
        Assert.Equal((180, 180), (_pair.Away.Posted(_pair.Bob), _pair.Vouchers));
        Assert.Equal(Outcome.Committed, _pair.Link.Receive(_pair.Home));
        Assert.Equal((120, 180), (_pair.Home.Posted(_pair.Alice + 1), _pair.Escrow));
        Assert.Equal(Outcome.Committed, _pair.Link.Acknowledge(_pair.Away));
        _pair.CheckReplay();
    }

    [Fact]
    public void Packets_of_many_blocks_are_received_in_any_parts_by_the_newest_header()
    {
        for (var i = 1; i <= 11; i++)
        {
            _pair.Send(i);
        }

        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(Outcome.Committed, _pair.Link.Receive(_pair.Away, max: 3));
        }

        Assert.Equal(66, _pair.Vouchers);
        Assert.Equal((11UL, 4UL), (_pair.Away.Channel(1).Received, _pair.Away.Channel(1).Acknowledged));
        Assert.Equal(Outcome.Committed, _pair.Link.Acknowledge(_pair.Home, max: 3));
        Assert.Equal(9UL, _pair.Home.Channel(1).Settled);
        Assert.Equal(Outcome.Committed, _pair.Link.Acknowledge(_pair.Home));
        Assert.Equal(11UL, _pair.Home.Channel(1).Settled);
        _pair.CheckReplay();
    }
}
