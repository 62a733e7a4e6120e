using Actors.Ledger.Blocks;
using Actors.Ledger.Pendings;

namespace Actors.Ledger.Tests.Rules;

public sealed class ExpiryRules
{
    [Fact]
    public void A_pending_expires_in_the_first_block_at_its_timeout() => Book.Run("""
        alice: pending p a b 100 1000 => Committed
        time 999
        block
        expect p open
        time 1
        block
        expect p expired
        expect a 1000
        expect b 0
        """);

    [Fact]
    public void Expired_it_can_neither_be_posted_nor_voided() => Book.Run("""
        alice: pending p a b 100 1000 => Committed
        time 1000
        bob: post p => answer PendingNotOpen
        bob: void p => answer PendingNotOpen
        """);

    [Fact]
    public void At_most_1024_expire_a_block_in_order_and_the_others_cannot_be_posted()
    {
        var book = new Book();
        OpenMany(book, "p", 1_500, timeoutMs: 2_000);
        OpenMany(book, "early", 10, timeoutMs: 1_000);
        Script.Run(book, """
            time 2000
            bob: post p1100 => PendingTimedOut
            expect early0 expired
            expect early9 expired
            expect p0 expired
            expect p1013 expired
            expect p1014 open
            block
            expect p1014 expired
            expect p1499 expired
            expect a 1000
            """);
        book.Replay();
    }

    [Fact]
    public void A_group_that_begins_to_expire_is_finished()
    {
        var book = new Book();
        OpenMany(book, "p", 1_023, timeoutMs: 1_000);
        Script.Run(book, "alice: pending g a b 1 1000 & pending h a b 1 1000 & pending i a b 1 1000; pending last a b 1 1000 => Committed\ntime 1000");
        var block = book.EndBlock((_, _) => { });
        Assert.Equal(1_026u, block.Header.ExpiryCount);
        Assert.Equal(17ul, block.Header.ExpiryLeafCount);
        Assert.Equal(64, EffectLeaf.ReadExpiries(block.EffectLeaves[0].Span).Count);
        Script.Run(book, "expect i expired\nexpect last open");
        book.Replay();
    }

    [Fact]
    public void What_is_due_next_is_known()
    {
        var book = new Book();
        Assert.Null(book.State.Pendings.NextDueMs());
        Script.Run(book, "alice: pending p a b 1 2000; pending q a b 1 1000 => Committed");
        Assert.Equal(book.NowMs + 1_000, book.State.Pendings.NextDueMs());
        Script.Run(book, "bob: void q => Committed");
        Assert.Equal(book.NowMs + 2_000, book.State.Pendings.NextDueMs());
        Script.Run(book, "bob: post p => Committed");
        Assert.Null(book.State.Pendings.NextDueMs());
    }

    [Fact]
    public void A_refused_pending_is_not_due()
    {
        var book = new Book();
        Script.Run(book, "alice: pending p a b 1 1000; transfer a b 9999 => BelowFloor@1");
        Assert.Null(book.State.Pendings.NextDueMs());
        Script.Run(book, "alice: pending p a b 1 5000 => Committed");
        Assert.Equal(book.NowMs + 5_000, book.State.Pendings.NextDueMs());
    }

    [Fact]
    public void A_pending_whose_post_was_taken_back_is_due_again() => Book.Run("""
        alice: pending p a b 1 1000 => Committed
        bob: post p; transfer b c 9999 => BelowFloor@1
        expect p open
        time 1000
        block
        expect p expired
        """);

    private static void OpenMany(Book book, string name, int count, int timeoutMs)
    {
        Script.Run(book, $"issuer: transfer mint c {count} => Committed");
        var pendings = Enumerable.Range(0, count).Select(i => $"pending {name}{i} c b 1 {timeoutMs}");
        Script.Run(book, $"carol: {string.Join("; ", pendings)} => Committed");
        Assert.Equal(PendingState.Open, book.Pending($"{name}0").State);
    }
}
