using System.Text.Json.Serialization;
using Actors.Engine;
using Actors.Engine.Views;
using Actors.Gateway.Json.Operations;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Hashing;
using Actors.Ledger.Signing;

namespace Actors.Gateway.Chains;

/// <summary>What the creator of a chain decides.</summary>
internal sealed record ChainCreationJson(ChainId Id, KeysetJson Operator)
{
    public int LeafRecords { get; init; } = 16;

    public int BlockOperationsMax { get; init; } = Limits.BlockOperationsMax;

    public int BlockBytesMax { get; init; } = Limits.BlockBytesMax;

    public int ValidityMs { get; init; } = (int)Limits.ValidityMsMax;

    public int OpenWithoutIssuerMax { get; init; } = (int)Limits.OpenWithoutIssuerDefault;

    /// <exception cref="Ledger.Wire.MalformedException">The operator keyset is not a possible one.</exception>
    public ChainCreation ToCreation() => new(Id, Operator.ToDefinition())
    {
        LeafRecords = LeafRecords,
        BlockOperationsMax = BlockOperationsMax,
        BlockBytesMax = BlockBytesMax,
        ValidityMs = ValidityMs < 0 ? 0 : (ulong)ValidityMs,
        OpenWithoutIssuerMax = OpenWithoutIssuerMax < 0 ? ulong.MaxValue : (ulong)OpenWithoutIssuerMax,
    };
}

internal sealed record ChainListJson(IReadOnlyList<ChainId> Chains, ChainId? Next);

/// <summary>A chain: what its genesis says and where it stands.</summary>
internal sealed record ChainJson
{
    public required ChainId Id { get; init; }

    public required Hash256 GenesisHash { get; init; }

    public required Timestamp Created { get; init; }

    public required int LeafRecords { get; init; }

    public required int BlockOperationsMax { get; init; }

    public required int BlockBytesMax { get; init; }

    public required int ValidityMs { get; init; }

    public required int OpenWithoutIssuerMax { get; init; }

    public required Height Height { get; init; }

    /// <summary>At height 0 the genesis hash.</summary>
    public required Hash256 HeaderHash { get; init; }

    public required Timestamp Time { get; init; }

    public required Height StateHeight { get; init; }

    public required ulong Accounts { get; init; }

    public required ulong Keysets { get; init; }

    public required ulong Assets { get; init; }

    public required ulong Pendings { get; init; }

    public required KeysetNumber Operator { get; init; }

    public required PublicKey SealingKey { get; init; }

    /// <summary>Why no blocks are written now; null while they are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? WritesStopped { get; init; }

    public required IReadOnlyList<string> Notices { get; init; }

    public static ChainJson From(Genesis genesis, ChainStatus status) => new()
    {
        Id = genesis.ChainId,
        GenesisHash = genesis.Hash,
        Created = genesis.Settings.Created,
        LeafRecords = genesis.Settings.LeafRecords,
        BlockOperationsMax = genesis.Settings.BlockOperationsMax,
        BlockBytesMax = genesis.Settings.BlockBytesMax,
        ValidityMs = (int)genesis.Settings.ValidityMs,
        OpenWithoutIssuerMax = (int)genesis.Settings.OpenWithoutIssuerMax,
        Height = status.Height,
        HeaderHash = status.HeaderHash,
        Time = status.Time,
        StateHeight = status.StateHeight,
        Accounts = status.Accounts,
        Keysets = status.Keysets,
        Assets = status.Assets,
        Pendings = status.Pendings,
        Operator = status.Operator,
        SealingKey = status.SealingKey,
        WritesStopped = status.WritesStopped,
        Notices = status.Notices,
    };
}
