using Actors.Ledger.Accounts;
using Actors.Ledger.Blocks;
using Actors.Ledger.Pendings;

namespace Actors.Ledger.Tests.Vectors;

/// <summary>What effect leaves say, as vectors show it.</summary>
internal static class Effects
{
    public static object Of(TransactionEffect effect) => new
    {
        outcome = (int)effect.Outcome,
        failed = effect.Outcome == 0 ? (int?)null : effect.FailedOperation,
        entries = effect.Operations.Select(entry => new
        {
            index = entry.Operation,
            outcome = (int)entry.Outcome,
            created = entry.Created.ToString(),
            settlements = entry.Settlements.Select(Of),
        }),
    };

    public static object Of(Settlement settlement) => new
    {
        pending = settlement.Pending.Value.ToString(),
        debit = settlement.Debit.Value.ToString(),
        credit = settlement.Credit.Value.ToString(),
        posted = settlement.Posted.ToString(),
        released = settlement.Released.ToString(),
    };

    public static IEnumerable<object> Touches(Block block)
    {
        var header = block.Header;
        return block.EffectLeaves.Skip((int)(header.TransactionCount + header.ExpiryLeafCount))
            .SelectMany(leaf => EffectLeaf.ReadTouches(leaf.Span, header.Height))
            .Select(Of);
    }

    public static object Of(Touch touch) => new
    {
        account = touch.Account.ToString(),
        change = touch.PostedChange.ToString(),
        previous = touch.Previous.ToString(),
        milestone = touch.IsMilestone ? touch.MilestoneBefore.ToString() : null,
    };
}
