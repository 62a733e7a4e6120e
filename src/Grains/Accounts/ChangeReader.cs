using Actors.Grains.Chains;
using Actors.Ledger;

namespace Actors.Grains.Accounts;

/// <summary>
/// Reads from the chain what changed on an account since a height. The chain gives statements newest first, so a reader that is far behind walks all the way back, keeps
/// the oldest of what it passes, and takes the rest at the next look.
/// </summary>
internal sealed class ChangeReader(IGrainFactory grains, Address address)
{
    private const int KeptMax = 4_096;

    public string Account => address.ToString();

    private IChainGrain Chain => grains.GetGrain<IChainGrain>(address.Chain.Value);

    public async Task<ulong> ReadHeightAsync() => (await Chain.GetHeadAsync(current: false)).Height;

    /// <summary>The changes after a height, oldest first.</summary>
    public async Task<Changes> ReadAfterAsync(ulong after)
    {
        var account = await Chain.GetAccountAsync(address.Number.Value, current: false);
        if (account is null || account.LastBlock <= after)
        {
            return new Changes([], Math.Max(after, account?.AsOf ?? after), IsAll: true);
        }

        var kept = new List<AccountChange>();
        var isAll = true;
        for (ulong? before = null; ;)
        {
            var statement = await Chain.GetStatementAsync(address.Number.Value, new StatementRequest { EntriesMax = StatementRequest.EntriesMaxMax, Before = before });
            var entries = statement is null ? [] : StatementWire.Page(statement).Entries;
            kept.AddRange(entries.TakeWhile(entry => entry.Height.Value > after).Select(Change));
            if (kept.Count > KeptMax)
            {
                kept.RemoveRange(0, kept.Count - KeptMax);
                isAll = false;
            }

            before = statement?.Next;
            if (before is null || entries.Count == 0 || entries[^1].Height.Value <= after)
            {
                break;
            }
        }

        kept.Reverse();
        var through = kept.Count > 0 ? kept[^1].Height : after;
        return new Changes(kept, isAll ? Math.Max(through, account.AsOf) : through, isAll);
    }

    private AccountChange Change(Engine.Views.StatementEntry entry) => new()
    {
        Account = Account,
        Height = entry.Height.Value,
        TimeMs = entry.Time.Ms,
        PostedChange = entry.Lines.Sum(line => line.PostedChange),
        Touches = entry.Lines.Count,
    };
}

/// <summary>Changes, oldest first, the height through which they are complete, and whether there are no more after it.</summary>
internal sealed record Changes(IReadOnlyList<AccountChange> News, ulong Through, bool IsAll);
