using Actors.Ledger.Blocks;
using Actors.Ledger.Chains;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Channels;

/// <summary>What a writer that is not idle makes of transactions that bring newer headers and nothing else.</summary>
public sealed class HeadersAloneTests
{
    private const ulong HourMs = 3_600_000;
    private readonly Pair _pair = new();

    private Party Home => _pair.Home;

    private Party Away => _pair.Away;

    [Fact]
    public void They_are_refused_and_leave_nothing()
    {
        _pair.Send(5);
        var before = Away.State.Peers.Read(1).Height;

        Assert.Equal(Outcome.HeaderNotNeeded, Submit(Home.Update(Away)));
        Assert.Equal(before, Away.State.Peers.Read(1).Height);
        Away.Seal();
        Assert.Empty(Away.Block(Away.Height).Transactions);
        _pair.CheckReplay();
    }

    [Fact]
    public void What_was_done_before_does_not_make_them_more()
    {
        _pair.Send(5);
        var receive = Away.Receive(Home, 1, 1, 1, 1);
        _pair.Link.Receive(Away);
        Home.Seal();

        Assert.Equal(Outcome.HeaderNotNeeded, Submit(Home.Update(Away), receive));
    }

    [Fact]
    public void They_are_taken_with_whatever_they_show()
    {
        _pair.Send(5);
        Assert.Equal(Outcome.Committed, Submit(Home.Update(Away), Away.Receive(Home, 1, 1, 1, 1)));
        Away.Seal();
        Assert.Equal(Outcome.Committed, Submit(Home, Away.Update(Home), Home.Acknowledge(Away, 1, 1, 1, 1)));
        Home.Seal();
        _pair.Send(5, timeoutInMs: 30_000);
        Away.Fixture.NowMs += 60_000;
        Away.Seal();
        Assert.Equal(Outcome.Committed, Submit(Home, Away.Update(Home), new TimeOut(1, Away.Height, Away.Proof(1), [new SequenceRange(2, 1)])));
    }

    [Fact]
    public void They_are_taken_with_a_change_of_key()
    {
        Home.Do(new ChangeSealingKey(Home.Fixture.NewKey().Public));
        Home.Seal();
        Assert.Single(Home.Update(Away).KeyChanges);
        Assert.Equal(Outcome.Committed, Submit(Home.Update(Away)));
    }

    [Fact]
    public void They_are_taken_where_they_are_later_by_enough()
    {
        Home.Seal();
        var held = Away.State.Peers.Read(1).TimeMs;
        Home.Fixture.NowMs = held + HourMs - 1;
        Home.Seal();
        Assert.Equal(Outcome.HeaderNotNeeded, Submit(Home.Update(Away)));
        Home.Fixture.NowMs = held + HourMs;
        Home.Seal();
        Assert.Equal(Outcome.Committed, Submit(Home.Update(Away)));
    }

    private Outcome Submit(params IOperation[] operations) => Submit(Away, operations);

    private static Outcome Submit(Party party, params IOperation[] operations)
    {
        var transaction = party.Fixture.Make(TransactionKind.Proven, operations);
        var result = party.Fixture.Submit(transaction, new WriterTerms(null, HourMs));
        Assert.Equal(result.Outcome == Outcome.Committed, result.IsRecorded);
        return result.Outcome;
    }
}
