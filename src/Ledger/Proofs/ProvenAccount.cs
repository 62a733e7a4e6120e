using Actors.Ledger.Accounts;
using Actors.Ledger.State;

namespace Actors.Ledger.Proofs;

/// <summary>An account as a record proof shows it; amounts in minor units, floor or ceiling null: none.</summary>
public sealed record ProvenAccount(AccountNumber Number, KeysetNumber Owner, AssetNumber Asset)
{
    public long Posted { get; init; }

    public long PendingOut { get; init; }

    public long PendingIn { get; init; }

    public long? Floor { get; init; }

    public long? Ceiling { get; init; }

    public AccountFlags Flags { get; init; }

    /// <summary>The last block that touched it; 0 when none has.</summary>
    public Height LastBlock { get; init; }

    internal static bool IsUsed(RecordProof record) => !RecordLayout.As<AccountRecord>(record.Record).IsUntouched;

    /// <summary>From the record of an account that was used.</summary>
    internal static ProvenAccount Of(RecordProof proof)
    {
        ref readonly var record = ref RecordLayout.As<AccountRecord>(proof.Record);
        return new ProvenAccount(new AccountNumber(proof.Number), new KeysetNumber(record.Owner), new AssetNumber(record.Asset))
        {
            Posted = record.Posted,
            PendingOut = record.PendingOut,
            PendingIn = record.PendingIn,
            Floor = FloorOf(record.Floor),
            Ceiling = CeilingOf(record.Ceiling),
            Flags = record.Flags,
            LastBlock = new Height(record.LastBlock),
        };
    }

    /// <summary>From the range of an account that was not used; null when the range does not hold the account.</summary>
    internal static ProvenAccount? Of(AccountNumber account, RecordProof range)
    {
        ref readonly var record = ref RecordLayout.As<RangeRecord>(range.Record);
        return account.Value < record.First || account.Value - record.First >= record.Count
            ? null
            : new ProvenAccount(account, new KeysetNumber(record.Owner), new AssetNumber(record.Asset))
            {
                Floor = FloorOf(record.Floor),
                Ceiling = CeilingOf(record.Ceiling),
                Flags = record.Flags,
            };
    }

    private static long? FloorOf(long floor) => floor == AccountLimits.NoFloor ? null : floor;

    private static long? CeilingOf(long ceiling) => ceiling == AccountLimits.NoCeiling ? null : ceiling;
}
