using System.Globalization;
using Actors.Ledger.Accounts;
using Actors.Ledger.Aliases;
using Actors.Ledger.Assets;
using Actors.Ledger.Chains;
using Actors.Ledger.Keysets;
using Actors.Ledger.Notes;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;

namespace Actors.Ledger.Proofs;

/// <summary>Says for people what a proof shows. Amounts are in minor units, times in UTC.</summary>
internal static class Words
{
    private const ulong CalendarMsMax = 253_402_300_799_999;

    public static string Of(Timestamp time) => time.Ms <= CalendarMsMax
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)time.Ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
        : $"{time.Ms} ms";

    public static string Of(Outcome outcome) => Enum.IsDefined(outcome) ? $"{outcome} ({(int)outcome})" : $"outcome {(int)outcome}";

    public static string Signed(Int128 change) => change > 0 ? $"+{change}" : change.ToString(CultureInfo.InvariantCulture);

    public static string Of(IOperation operation) => operation switch
    {
        OpenKeyset open => $"open a keyset of {open.Keyset.Keys.Count} keys with threshold {open.Keyset.Threshold}",
        ChangeKeyset change => $"change keyset {change.Keyset} to {change.Definition.Keys.Count} keys with threshold {change.Definition.Threshold}",
        CreateAsset create => $"create asset {create.Code} of scale {create.Scale}, issued by keyset {create.Issuer}",
        OpenAccounts open => $"open {open.Count} accounts of asset {open.Asset} for keyset {open.Owner}",
        Transfer transfer => $"transfer {transfer.Amount} from account {transfer.Debit} to account {transfer.Credit}{Of(transfer.Reference)}",
        Pending pending => $"set {pending.Amount} aside from account {pending.Debit} for account {pending.Credit} until {Of(pending.Timeout)}{Of(pending.Reference)}",
        Post post => post.Part is { } part ? $"post {part} of pending {post.Pending}" : $"post pending {post.Pending}",
        Pendings.Void release => $"void pending {release.Pending}",
        SetFloor set => $"set the floor of account {set.Account} to {(set.Floor == AccountLimits.NoFloor ? "none" : set.Floor)}",
        SetCeiling set => $"set the ceiling of account {set.Account} to {(set.Ceiling == AccountLimits.NoCeiling ? "none" : set.Ceiling)}",
        Freeze freeze => $"{(freeze.Unfreeze ? "unfreeze" : "freeze")} account {freeze.Account}",
        Close close => $"close account {close.Account}",
        Note note => $"note {note.Hash} with {note.Payload.Length} bytes by keyset {note.Author}",
        ChangeSealingKey change => $"change the sealing key to {change.Key}",
        ChangeOperator change => $"make keyset {change.Keyset} the operator",
        SetAlias set => $"name account {set.Account} {set.Alias}",
        _ => operation.Type.ToString(),
    };

    public static string Of(AccountEffect effect)
    {
        var what = effect.Operation is { } operation ? Of(operation) : $"pending {effect.Settlement?.Pending} expired";
        return effect.Operation is not null && effect.Settlement is { } settlement
            ? $"{what} (pending {settlement.Pending}: posted {settlement.Posted}, released {settlement.Released})"
            : what;
    }

    public static IReadOnlyList<Claim> Of(Anchor anchor, ProvenStatement statement)
    {
        var (newest, oldest) = (statement.Entries[0].Height, statement.Entries[^1].Height);
        var before = statement.Next.Value == 0 ? "no block" : $"block {statement.Next}";
        return
        [
            new("chain", anchor.Genesis.ChainId.Value),
            new("account", statement.Account.ToString()),
            new("blocks", $"{statement.Entries.Count}, {oldest} to {newest}; before them {before} touched the account"),
            new("posted", $"changed by {Signed(statement.PostedChange)} by what is shown"),
            .. statement.Entries.Select(Of),
        ];
    }

    public static IEnumerable<Claim> Of(ProvenAccount account) =>
    [
        new("account", $"{account.Number} of keyset {account.Owner} in asset {account.Asset}"),
        new("posted", account.Posted.ToString(CultureInfo.InvariantCulture)),
        new("pending", $"{account.PendingOut} out, {account.PendingIn} in"),
        new("floor", account.Floor?.ToString(CultureInfo.InvariantCulture) ?? "none"),
        new("ceiling", account.Ceiling?.ToString(CultureInfo.InvariantCulture) ?? "none"),
        new("flags", account.Flags == AccountFlags.None ? "none" : account.Flags.ToString()),
        new("last touched", account.LastBlock.Value == 0 ? "never" : $"in block {account.LastBlock}"),
    ];

    private static Claim Of(ProvenStatementEntry entry) =>
        new($"block {entry.Height}", $"{Of(entry.Time)}, posted {Signed(entry.PostedChange)}: {string.Join("; ", entry.Effects.Select(Of))}");

    private static string Of(Reference reference) => reference.IsNone ? "" : $", reference {reference}";
}
