namespace Actors.Ledger;

/// <summary>Every bound of the format and the rules, with its unit last in the name. Part of the protocol.</summary>
public static class Limits
{
    public const int EnvelopeBytesMax = 1 << 20;
    public const int OperationsPerTransactionMax = 8_192;
    public const int SignaturesPerTransactionMax = 64;
    public const int KeysPerKeysetMax = 16;
    public const int KeyWeightMax = 255;
    public const int ThresholdMax = KeysPerKeysetMax * KeyWeightMax;
    public const int AssetScaleMax = 9;
    public const int AssetCodeBytesMax = 16;
    public const int AliasBytesMax = 32;
    public const int ReferenceBytesMax = 16;
    public const int NotePayloadBytesMax = 255;
    public const int ChainIdBytesMax = 32;
    public const ulong AccountsPerOpenMax = 1_000_000_000;

    /// <summary>
    /// How many accounts an owner opens at once without the asset's issuer, unless the genesis says otherwise. Numbers are finite and a range costs one
    /// record however long it is: with this, all of them cost 68 million records, and not 69.
    /// </summary>
    public const ulong OpenWithoutIssuerDefault = 1_000;

    /// <summary>How far ahead a transaction's expiry may lie; a genesis may set less.</summary>
    public const ulong ValidityMsMax = 300_000;
    public const ulong ValidityMsMin = 1_000;

    /// <summary>How far ahead a pending's timeout may lie: ten years of 366 days.</summary>
    public const ulong PendingTimeoutMsMax = 3660UL * 24 * 60 * 60 * 1000;

    /// <summary>Pendings expired at the start of one block; a group that has begun to expire is finished past it.</summary>
    public const int ExpiriesPerBlockMax = 1_024;

    /// <summary>
    /// Pendings that one transaction settles. A post of a group is one operation of a few bytes whose effects are as large as the
    /// group, and groups may have been gathered over many blocks: without a bound a block could be too large to be read again.
    /// </summary>
    public const int SettlementsPerTransactionMax = 65_536;

    public const int BlockOperationsMin = OperationsPerTransactionMax;
    public const int BlockOperationsMax = 65_536;
    public const int BlockBytesMin = 2 << 20;
    public const int BlockBytesMax = 16 << 20;

    /// <summary>What a whole block may take once effects and touches are added.</summary>
    public const int EncodedBlockBytesMax = 64 << 20;

    public const int ExpiriesPerLeaf = 64;
    public const int TouchesPerLeaf = 16;
    public const int TouchesPerMilestone = 1_024;

    /// <summary>Blocks by which the state root of a header may lag behind it.</summary>
    public const ulong StateLagBlocksMax = 1_000;

    /// <summary>By how much the time of the block whose state it is may lie before the header's.</summary>
    public const ulong StateLagMsMax = 1_000;

    public const int AssetsMax = 65_535;
    public const uint KeysetsMax = uint.MaxValue - 1;

    /// <summary>68 billion a chain. Bounds what page directories cost when one of the last numbers is used: some 30 MB.</summary>
    public const ulong AccountsMax = 1UL << 36;
    public const int AliasesMax = 1_000_000;

    /// <summary>
    /// Changes of the sealing key in a chain's life: every proof carries all of them up to its header, counted in two bytes. The next change
    /// is refused, so that no block is ever made of which nothing can be proven. One a day lasts 179 years.
    /// </summary>
    public const int KeyChangesPerAnchorMax = ushort.MaxValue;
    public const ulong TimeMsMax = (1UL << 48) - 1;
}
