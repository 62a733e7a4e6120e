using Actors.Grains.Chains;
using Actors.Ledger;

namespace Actors.Grains.Accounts;

/// <summary>
/// Reads from the chain what changed on an account since a height. The chain gives statements newest first, so a reader that is far behind walks back
/// a bounded way and takes the rest at the next look.
/// </summary>
internal sealed class ChangeReader(IChainGrain chain, Address address)
{
    private const int PagesMax = 50;

    /// <summary>The changes after a height, oldest first, and the height up to which that is all there is.</summary>
    public async Task<(IReadOnlyList<AccountChange> Changes, ulong Through)> ReadAfterAsync(ulong after)
    {
        var account = await chain.GetAccountAsync(address.Number.Value, current: false);
        if (account is null || account.LastBlock <= after)
        {
            return ([], Math.Max(after, account?.AsOf ?? after));
        }

        var changes = new List<AccountChange>();
        var through = account.AsOf;
        ulong? before = null;
        for (var page = 0; page < PagesMax; page++)
        {
            var statement = await chain.GetStatementAsync(address.Number.Value, new StatementRequest { EntriesMax = StatementRequest.EntriesMaxMax, Before = before });
            var entries = statement is null ? [] : StatementWire.Page(statement).Entries;
            changes.AddRange(entries.TakeWhile(entry => entry.Height.Value > after).Select(Change));
            before = statement?.Next;
            if (before is null || before <= after + 1 || entries.Count == 0 || entries[^1].Height.Value <= after)
            {
                break;
            }
        }

        changes.Reverse();
        return (changes, Math.Max(through, changes.Count > 0 ? changes[^1].Height : 0));
    }

    private AccountChange Change(Engine.Views.StatementEntry entry) => new()
    {
        Account = address.ToString(),
        Height = entry.Height.Value,
        TimeMs = entry.Time.Ms,
        PostedChange = entry.Lines.Sum(line => line.PostedChange),
        Touches = entry.Lines.Count,
    };
}
