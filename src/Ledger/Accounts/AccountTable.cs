using System.Runtime.InteropServices;
using Actors.Ledger.State;

namespace Actors.Ledger.Accounts;

/// <summary>
/// Accounts. An account that was opened but never used is only a member of its range; the first write gives it a record of its
/// own. Every first write in a block is a touch, which remembers the block that touched the account before.
/// </summary>
internal sealed class AccountTable(PagedTable accounts, PagedTable ranges)
{
    private readonly List<Touch> _touches = new(1024);

    public ulong Count => accounts.Count;

    public ulong RangeCount => ranges.Count;

    /// <summary>The block being executed; touches carry its height.</summary>
    public ulong Block { get; set; }

    /// <summary>Accounts touched by the block being executed, in order of first touch.</summary>
    public ReadOnlySpan<Touch> Touches => CollectionsMarshal.AsSpan(_touches);

    public bool Exists(ulong number) => number > 0 && number <= accounts.Count;

    /// <summary>The account as it stands, used or not. False when no such account exists.</summary>
    public bool TryRead(ulong number, out AccountRecord account)
    {
        if (!Exists(number))
        {
            account = default;
            return false;
        }

        account = RecordLayout.As<AccountRecord>(accounts.Read(number));
        if (account.IsUntouched)
        {
            account = FromRange(Range(RangeOf(number)));
        }

        return true;
    }

    /// <summary>Owner and asset only; the number must exist.</summary>
    public (uint Owner, uint Asset) OwnerAndAsset(ulong number)
    {
        ref readonly var account = ref RecordLayout.As<AccountRecord>(accounts.Read(number));
        if (!account.IsUntouched)
        {
            return (account.Owner, account.Asset);
        }

        ref readonly var range = ref Range(RangeOf(number));
        return (range.Owner, range.Asset);
    }

    /// <summary>Of an account that was touched before.</summary>
    public (long Posted, uint Asset) PostedAndAsset(ulong number)
    {
        ref readonly var account = ref RecordLayout.As<AccountRecord>(accounts.Read(number));
        return (account.Posted, account.Asset);
    }

    /// <summary>The account's record, for change; the number must exist.</summary>
    public ref AccountRecord Touch(ulong number)
    {
        ref var account = ref RecordLayout.As<AccountRecord>(accounts.Write(number));
        if (account.IsUntouched)
        {
            account = FromRange(Range(RangeOf(number)));
        }

        if (account.LastBlock != Block)
        {
            Remember(number, ref account);
        }

        return ref account;
    }

    public ulong Open(in OpenAccounts operation, uint owner, uint asset, ulong height) => Open(operation.Count, new RangeRecord
    {
        Owner = owner,
        Asset = asset,
        Floor = operation.Floor,
        Ceiling = operation.Ceiling,
        OpenedAt = height,
    });

    /// <summary>Opens one account that only channel operations move.</summary>
    public ulong OpenSystem(uint owner, uint asset, long floor, ulong height) => Open(1, new RangeRecord
    {
        Owner = owner,
        Asset = asset,
        Flags = AccountFlags.System,
        Floor = floor,
        Ceiling = AccountLimits.NoCeiling,
        OpenedAt = height,
    });

    public ref readonly RangeRecord Range(ulong number) => ref RecordLayout.As<RangeRecord>(ranges.Read(number));

    /// <summary>The number of the range that the account was opened in: ranges ascend, so a binary search.</summary>
    public ulong RangeOf(ulong account)
    {
        ulong low = 1;
        var high = ranges.Count;
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            if (Range(middle).First <= account)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    public void ForgetTouchesAfter(int count) => CollectionsMarshal.SetCount(_touches, count);

    private static AccountRecord FromRange(in RangeRecord range) => new()
    {
        Floor = range.Floor,
        Ceiling = range.Ceiling,
        Owner = range.Owner,
        Asset = range.Asset,
        Flags = range.Flags,
    };

    private ulong Open(ulong count, RangeRecord range)
    {
        range.First = accounts.Add(count);
        range.Count = count;
        RecordLayout.As<RangeRecord>(ranges.Write(ranges.Add())) = range;
        return range.First;
    }

    private void Remember(ulong number, ref AccountRecord account)
    {
        var touches = (ushort)((account.Touches + 1) % Limits.TouchesPerMilestone);
        var isMilestone = touches == 0;
        _touches.Add(new Touch(number, 0, account.LastBlock, isMilestone, account.Milestone) { PostedBefore = account.Posted });
        account.Touches = touches;
        account.LastBlock = Block;
        if (isMilestone)
        {
            account.Milestone = Block;
        }
    }
}
