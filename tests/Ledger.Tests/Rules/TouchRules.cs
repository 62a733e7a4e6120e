using Actors.Ledger.Accounts;
using Actors.Ledger.Blocks;

namespace Actors.Ledger.Tests.Rules;

/// <summary>Each block notes which accounts it touched and which block did so before: an account's history without an index.</summary>
public sealed class TouchRules
{
    private readonly Book _book = new();

    [Fact]
    public void A_touch_names_the_block_that_touched_the_account_before()
    {
        Script.Run(_book, "alice: transfer a b 1 => Committed\nbob: note bob => Committed\nalice: transfer a c 1 => Committed");
        Assert.Equal([3, 0], Touches(4).Select(touch => touch.Previous));
        Assert.Empty(Touches(5));
        Assert.Equal([(_book.Names["a"], 4ul), (_book.Names["c"], 0ul)], Touches(6).Select(touch => (touch.Account, touch.Previous)));
    }

    [Fact]
    public void A_block_touches_an_account_once_and_not_for_what_was_refused()
    {
        Script.Run(_book, """
            alice: transfer a b 1 => Committed
            + alice: transfer a b 1; transfer a c 9999 => BelowFloor@1
            + bulk alice: transfer a b 1 & transfer a+1 c 1; transfer a b 1 => LinkedOperationRefused, BelowFloor, Committed
            """);
        Assert.Equal([_book.Names["a"], _book.Names["b"]], Touches(4).Select(touch => touch.Account));
        Script.Run(_book, "alice: transfer a+1 b 1 => BelowFloor\nalice: transfer a b 1 => Committed");
        Assert.Empty(Touches(5));
        Assert.Equal([4, 4], Touches(6).Select(touch => touch.Previous));
    }

    [Fact]
    public void An_expiry_touches_both_accounts()
    {
        Script.Run(_book, "alice: pending p a b 1 1000 => Committed\ntime 1000\nblock");
        Assert.Equal([4, 4], Touches(5).Select(touch => touch.Previous));
    }

    [Fact]
    public void Every_1024th_touch_leads_to_the_milestone_before()
    {
        Script.Run(_book, string.Join('\n', Enumerable.Repeat("alice: transfer a b 1 => Committed\nbob: transfer b a 1 => Committed", 1_100)));
        var touches = Enumerable.Range(1, _book.Blocks.Count).SelectMany(height => Touches(height).Select(touch => (Height: height, Touch: touch))).ToList();
        var milestones = touches.Where(entry => entry.Touch.Account == _book.Names["a"] && entry.Touch.IsMilestone).ToList();
        Assert.Equal([(1_026, 0ul), (2_050, 1_026ul)], milestones.Select(entry => (entry.Height, entry.Touch.MilestoneBefore)));
        Assert.Equal(2_050ul, _book.Account("a").Milestone);
        Assert.Equal([(1_027, 0ul), (2_051, 1_027ul)], touches.Where(entry => entry.Touch.Account == _book.Names["b"] && entry.Touch.IsMilestone).Select(entry => (entry.Height, entry.Touch.MilestoneBefore)));
    }

    private List<Touch> Touches(int height)
    {
        var block = Block.Parse(_book.Blocks[height - 1]);
        var first = block.Transactions.Count + (int)block.Header.ExpiryLeafCount;
        return [.. block.EffectLeaves.Skip(first).SelectMany(leaf => EffectLeaf.ReadTouches(leaf.Span, block.Header.Height))];
    }
}
