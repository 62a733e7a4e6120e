using Actors.Ledger.Wire;

namespace Actors.Ledger.Accounts;

/// <summary>
/// A block's note that it changed an account: which block did so before (0: none), and at every 1,024th touch which block
/// was the milestone before, so that an account's history is walked backwards without an index.
/// </summary>
public readonly record struct Touch(ulong Account, ulong Previous, bool IsMilestone, ulong MilestoneBefore)
{
    /// <summary>What was posted before this block; not part of the format, for the check that a block's sums are zero.</summary>
    internal long PostedBefore { get; init; }

    internal void Write(WireWriter writer, ulong height)
    {
        writer.Varint(Account);
        writer.Varint((Distance(height, Previous) << 1) | (IsMilestone ? 1UL : 0));
        if (IsMilestone)
        {
            writer.Varint(Distance(height, MilestoneBefore));
        }
    }

    internal static Touch Read(ref WireReader reader, ulong height)
    {
        var account = reader.Varint(1, Limits.AccountsMax, "account");
        var encoded = reader.Varint();
        var isMilestone = (encoded & 1) == 1;
        var previous = Earlier(height, encoded >> 1);
        return new Touch(account, previous, isMilestone, isMilestone ? Earlier(height, reader.Varint()) : 0);
    }

    private static ulong Distance(ulong height, ulong earlier) => earlier == 0 ? 0 : height - earlier;

    private static ulong Earlier(ulong height, ulong distance) => distance switch
    {
        0 => 0,
        _ when distance < height => height - distance,
        _ => throw new MalformedException($"a touch in block {height} says that the one before was {distance} blocks earlier"),
    };
}
