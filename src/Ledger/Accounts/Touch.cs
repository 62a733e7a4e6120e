using Actors.Ledger.Wire;

namespace Actors.Ledger.Accounts;

/// <summary>
/// A block's note that it changed an account: which block did so before (0: none), and at every 1,024th touch which block
/// was the milestone before, so that an account's history is walked backwards without an index. PostedChange is what the whole
/// block added to posted (minor units, modulo 2^64), so that a statement cannot leave an operation of the block out.
/// </summary>
public readonly record struct Touch(ulong Account, long PostedChange, ulong Previous, bool IsMilestone, ulong MilestoneBefore)
{
    /// <summary>What was posted before this block; not part of the format.</summary>
    internal long PostedBefore { get; init; }

    internal void Write(WireWriter writer, ulong height)
    {
        writer.Varint(Account);
        writer.Zigzag(PostedChange);
        writer.Varint((Distance(height, Previous) << 1) | (IsMilestone ? 1UL : 0));
        if (IsMilestone)
        {
            writer.Varint(Distance(height, MilestoneBefore));
        }
    }

    internal static Touch Read(ref WireReader reader, ulong height)
    {
        var account = reader.Varint(1, Limits.AccountsMax, "account");
        var change = reader.Zigzag();
        var encoded = reader.Varint();
        var isMilestone = (encoded & 1) == 1;
        var previous = Earlier(height, encoded >> 1);
        return new Touch(account, change, previous, isMilestone, isMilestone ? Earlier(height, reader.Varint()) : 0);
    }

    private static ulong Distance(ulong height, ulong earlier) => earlier == 0 ? 0 : height - earlier;

    private static ulong Earlier(ulong height, ulong distance) => distance switch
    {
        0 => 0,
        _ when distance < height => height - distance,
        _ => throw new MalformedException($"a touch in block {height} says that the one before was {distance} blocks earlier"),
    };
}
