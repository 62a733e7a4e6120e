using System.Numerics;
using Actors.Ledger.Keysets;
using Actors.Ledger.Signing;
using Actors.Ledger.State;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Chains;

/// <summary>What a genesis document says. Ranges are those of docs/wire-format.md section 3.</summary>
public sealed record GenesisSettings(ChainId ChainId, Timestamp Created, KeysetDefinition Operator, PublicKey SealingKey)
{
    /// <summary>Records under one leaf of the state tree: 1 to 64, a power of two. More is faster to hash, longer to prove.</summary>
    public int LeafRecords { get; init; } = 16;

    /// <summary>Operations a block.</summary>
    public int BlockOperationsMax { get; init; } = Limits.BlockOperationsMax;

    /// <summary>Bytes of a block's transactions.</summary>
    public int BlockBytesMax { get; init; } = Limits.BlockBytesMax;

    /// <summary>How far ahead a transaction's expiry may lie, in milliseconds.</summary>
    public ulong ValidityMs { get; init; } = Limits.ValidityMsMax;

    /// <summary>
    /// Accounts that one operation opens without the signature of the asset's issuer, 0 to <see cref="Limits.AccountsPerOpenMax"/>. Where it is 0 each
    /// opening needs the issuer, as if every asset were restricted.
    /// </summary>
    public ulong OpenWithoutIssuerMax { get; init; } = Limits.OpenWithoutIssuerDefault;

    /// <summary>Bits of optional features; this version knows none.</summary>
    public ulong Features { get; init; }

    internal void Check()
    {
        Require(BitOperations.IsPow2(LeafRecords) && LeafRecords <= TableShape.PageRecords, "leaf records", (ulong)LeafRecords, "a power of two from 1 to 64");
        Require(BlockOperationsMax is >= Limits.BlockOperationsMin and <= Limits.BlockOperationsMax, "block operations", (ulong)BlockOperationsMax, $"{Limits.BlockOperationsMin} to {Limits.BlockOperationsMax}");
        Require(BlockBytesMax is >= Limits.BlockBytesMin and <= Limits.BlockBytesMax, "block bytes", (ulong)BlockBytesMax, $"{Limits.BlockBytesMin} to {Limits.BlockBytesMax}");
        Require(ValidityMs is >= Limits.ValidityMsMin and <= Limits.ValidityMsMax, "validity", ValidityMs, $"{Limits.ValidityMsMin} to {Limits.ValidityMsMax} ms");
        Require(OpenWithoutIssuerMax <= Limits.AccountsPerOpenMax, "accounts opened without the issuer", OpenWithoutIssuerMax, $"0 to {Limits.AccountsPerOpenMax}");
        Require(Features == 0, "features", Features, "0");
    }

    private static void Require(bool holds, string what, ulong found, string expected)
    {
        if (!holds)
        {
            throw new MalformedException($"genesis {what} is {found}, expected {expected}");
        }
    }
}
