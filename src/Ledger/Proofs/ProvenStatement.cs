namespace Actors.Ledger.Proofs;

/// <summary>What one block did to the account; PostedChange is the sum over its effects, in minor units.</summary>
public sealed record ProvenStatementEntry(Height Height, Timestamp Time, IReadOnlyList<AccountEffect> Effects, Int128 PostedChange);

/// <summary>
/// An account's history over a run of blocks, newest first. <see cref="Next"/> is the block that touched the account before the last
/// entry; height 0 when none did.
/// </summary>
public sealed record ProvenStatement(AccountNumber Account, IReadOnlyList<ProvenStatementEntry> Entries, Height Next)
{
    public Int128 PostedChange => Entries.Aggregate(Int128.Zero, (sum, entry) => sum + entry.PostedChange);
}
