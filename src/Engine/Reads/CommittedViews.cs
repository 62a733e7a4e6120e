using System.Text;
using Actors.Engine.Chains;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Assets;
using Actors.Ledger.Chains;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.State;

namespace Actors.Engine.Reads;

/// <summary>What readers are shown, as of the newest durable block. Used on the chain's loop only.</summary>
internal static class CommittedViews
{
    public static ChainStatus Status(ChainCore core, string? writesStopped, IReadOnlyList<string> notices)
    {
        CommittedRecords.TryRead<ChainRecord>(core, TableId.Chain, 1, out var chain);
        var head = core.Committed;
        return new ChainStatus(new Height(head.Height), head.HeaderHash, new Timestamp(head.TimeMs), new Height(head.StateHeight))
        {
            Accounts = CommittedRecords.Count(core, TableId.Accounts),
            Keysets = (uint)CommittedRecords.Count(core, TableId.Keysets),
            Assets = (uint)CommittedRecords.Count(core, TableId.Assets),
            Pendings = CommittedRecords.Count(core, TableId.Pendings),
            Operator = new KeysetNumber(chain.Operator),
            SealingKey = chain.SealingKey,
            WritesStopped = writesStopped,
            Notices = notices,
        };
    }

    public static AccountView? Account(ChainCore core, AccountNumber number)
    {
        if (!CommittedRecords.TryRead<AccountRecord>(core, TableId.Accounts, number.Value, out var account))
        {
            return null;
        }

        if (account.IsUntouched)
        {
            var range = core.State.Accounts.Range(core.State.Accounts.RangeOf(number.Value));
            account = new AccountRecord { Owner = range.Owner, Asset = range.Asset, Floor = range.Floor, Ceiling = range.Ceiling };
        }

        return new AccountView(number, new KeysetNumber(account.Owner), new AssetNumber(account.Asset), new Height(core.Committed.Height))
        {
            Posted = account.Posted,
            PendingOut = account.PendingOut,
            PendingIn = account.PendingIn,
            Floor = account.Floor == AccountLimits.NoFloor ? null : account.Floor,
            Ceiling = account.Ceiling == AccountLimits.NoCeiling ? null : account.Ceiling,
            Flags = account.Flags,
            LastBlock = new Height(account.LastBlock),
        };
    }

    public static KeysetView? Keyset(ChainCore core, KeysetNumber number)
    {
        if (!CommittedRecords.TryRead<KeysetRecord>(core, TableId.Keysets, number.Value, out var record))
        {
            return null;
        }

        var keys = new WeightedKey[record.KeyCount];
        keys[0] = new WeightedKey(record.FirstKey, record.FirstWeight);
        for (var i = 1; i < keys.Length; i++)
        {
            CommittedRecords.TryRead<KeyRecord>(core, TableId.Keys, record.Rest + (ulong)i - 1, out var key);
            keys[i] = new WeightedKey(key.Key, key.Weight);
        }

        return new KeysetView(number, new KeysetDefinition(record.Threshold, keys), new Height(record.ChangedAt), new Height(core.Committed.Height));
    }

    public static AssetView? Asset(ChainCore core, AssetNumber number) =>
        CommittedRecords.TryRead<AssetRecord>(core, TableId.Assets, number.Value, out var record)
            ? new AssetView(
                number,
                Encoding.Latin1.GetString(record.Code.AsSpan()[..record.CodeLength]),
                record.Scale,
                new KeysetNumber(record.Issuer),
                (record.Flags & AssetRecord.Restricted) != 0,
                new Height(record.CreatedAt),
                new Height(core.Committed.Height))
            : null;

    public static PendingView? Pending(ChainCore core, PendingNumber number)
    {
        var asOf = new Height(core.Committed.Height);
        if (!CommittedRecords.TryRead<PendingRecord>(core, TableId.Pendings, number.Value, out var record))
        {
            return number.Value > 0 && number.Value <= CommittedRecords.Count(core, TableId.Pendings)
                ? new PendingView(number, PendingState.None, asOf) { IsCollapsed = true }
                : null;
        }

        return new PendingView(number, record.State, asOf)
        {
            Debit = new AccountNumber(record.Debit),
            Credit = new AccountNumber(record.Credit),
            Amount = record.Amount,
            Timeout = new Timestamp(record.TimeoutMs),
            Decider = new KeysetNumber(record.Decider),
            GroupFirst = new PendingNumber(record.GroupFirst),
            GroupSize = record.GroupSize,
            Reference = new Reference(record.Reference.AsSpan()[..record.ReferenceLength]),
        };
    }

    public static AccountNumber? Alias(ChainCore core, KeysetNumber owner, string alias) =>
        core.State.Aliases.Find(owner.Value, alias, CommittedRecords.Count(core, TableId.Aliases)) is { } found
            ? new AccountNumber(found)
            : null;
}
