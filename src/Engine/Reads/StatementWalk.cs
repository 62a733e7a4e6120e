using Actors.Engine.History;
using Actors.Engine.Stores;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Proofs;

namespace Actors.Engine.Reads;

/// <summary>
/// Walks an account's history backwards: its record names the last block that touched it, each touch the one before, and every
/// 1,024th a far earlier one, which is how a date long ago is reached without reading all between.
/// </summary>
internal sealed class StatementWalk(IChainStore store, AccountNumber account)
{
    public StatementPage Page(AccountView view, StatementQuery query)
    {
        var entries = new List<StatementEntry>();
        var next = Walk(view, query, block => entries.Add(EntryOf(block)));
        return new StatementPage(view, entries, next);
    }

    public byte[] File(AccountView view, StatementQuery query, Anchor anchor, HistoryReader history)
    {
        var entries = new List<StatementEntryProof>();
        Walk(view, query, block =>
        {
            var path = block.Header.Height == anchor.Header.Height ? null : history.Path(block.Header.Height.Value, anchor.Header.Height.Value);
            entries.Add(StatementEntryProof.Build(block, account, path));
        });
        return new Statement(anchor, account, entries).Encode();
    }

    /// <summary>Visits the blocks asked for, newest first; returns where a next page goes on.</summary>
    private Height? Walk(AccountView view, StatementQuery query, Action<Block> visit)
    {
        var height = Start(view, query);
        var before = Before(query);
        var visited = 0;
        while (height > 0)
        {
            var block = StoredBlocks.Parse(store, new Height(height));
            if (query.From is { } from && block.Header.Time < from)
            {
                return null;
            }

            var touch = StatementEntryProof.TouchOf(block, account)
                ?? throw new StoreCorruptException($"block {height} should touch account {account}, it does not");
            if (height >= before)
            {
                height = touch.IsMilestone && touch.MilestoneBefore >= before ? touch.MilestoneBefore : touch.Previous;
                continue;
            }

            if (visited++ == query.EntriesMax)
            {
                return new Height(height + 1);
            }

            visit(block);
            height = touch.Previous;
        }

        return null;
    }

    // A page's cursor follows a block that touched the account: the walk goes on there, not from the newest block again.
    private ulong Start(AccountView view, StatementQuery query)
    {
        var last = view.LastBlock.Value;
        return query.Before is { Value: > 1 } cursor && cursor.Value <= last
            && StatementEntryProof.TouchOf(StoredBlocks.Parse(store, new Height(cursor.Value - 1)), account) is not null
            ? cursor.Value - 1
            : last;
    }

    private ulong Before(StatementQuery query)
    {
        var before = query.Before?.Value ?? ulong.MaxValue;
        return query.Until is { } until ? Math.Min(before, store.FirstHeightAtOrAfter(until.Ms)) : before;
    }

    private StatementEntry EntryOf(Block block)
    {
        var lines = new List<StatementLine>();
        foreach (var effect in AccountEffects.Of(block, account))
        {
            var transaction = effect.IsExpiry ? (Ledger.Transactions.TransactionId?)null : block.Transactions[effect.EffectLeaf].Transaction.Id;
            lines.Add(new StatementLine(transaction, effect.OperationIndex ?? 0, effect.Operation, effect.Settlement, effect.PostedChange));
        }

        return new StatementEntry(block.Header.Height, block.Header.Time, lines);
    }
}
