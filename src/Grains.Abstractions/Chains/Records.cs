using Actors.Ledger.Accounts;
using Actors.Ledger.Pendings;

namespace Actors.Grains.Chains;

/// <summary>An account as of a height; amounts in minor units.</summary>
[GenerateSerializer, Immutable, Alias("actors.account-state.1")]
public sealed record AccountState
{
    [Id(0)]
    public required ulong Number { get; init; }

    [Id(1)]
    public required uint Owner { get; init; }

    [Id(2)]
    public required uint Asset { get; init; }

    [Id(3)]
    public required ulong AsOf { get; init; }

    /// <summary>Credits minus debits.</summary>
    [Id(4)]
    public required long Posted { get; init; }

    [Id(5)]
    public required long PendingOut { get; init; }

    [Id(6)]
    public required long PendingIn { get; init; }

    /// <summary>Null: none.</summary>
    [Id(7)]
    public required long? Floor { get; init; }

    /// <summary>Null: none.</summary>
    [Id(8)]
    public required long? Ceiling { get; init; }

    [Id(9)]
    public required AccountFlags Flags { get; init; }

    /// <summary>The last block that touched it; 0 when none has.</summary>
    [Id(10)]
    public required ulong LastBlock { get; init; }
}

/// <summary>A keyset as of a height.</summary>
[GenerateSerializer, Immutable, Alias("actors.keyset-state.1")]
public sealed record KeysetState
{
    [Id(0)]
    public required uint Number { get; init; }

    /// <summary>Threshold and keys, encoded (docs/wire-format.md).</summary>
    [Id(1)]
    public required byte[] Definition { get; init; }

    [Id(2)]
    public required ulong ChangedAt { get; init; }

    [Id(3)]
    public required ulong AsOf { get; init; }
}

/// <summary>An asset as of a height.</summary>
[GenerateSerializer, Immutable, Alias("actors.asset-state.1")]
public sealed record AssetState
{
    [Id(0)]
    public required uint Number { get; init; }

    [Id(1)]
    public required string Code { get; init; }

    [Id(2)]
    public required int Scale { get; init; }

    [Id(3)]
    public required uint Issuer { get; init; }

    [Id(4)]
    public required bool Restricted { get; init; }

    [Id(5)]
    public required ulong CreatedAt { get; init; }

    [Id(6)]
    public required ulong AsOf { get; init; }
}

/// <summary>A pending as of a height; only number, state and <see cref="IsCollapsed"/> are told of one that is kept as its hash.</summary>
[GenerateSerializer, Immutable, Alias("actors.pending-answer.1")]
public sealed record PendingAnswer
{
    [Id(0)]
    public required ulong Number { get; init; }

    [Id(1)]
    public required PendingState State { get; init; }

    [Id(2)]
    public required ulong AsOf { get; init; }

    [Id(3)]
    public ulong Debit { get; init; }

    [Id(4)]
    public ulong Credit { get; init; }

    [Id(5)]
    public long Amount { get; init; }

    [Id(6)]
    public ulong TimeoutMs { get; init; }

    [Id(7)]
    public uint Decider { get; init; }

    [Id(8)]
    public ulong GroupFirst { get; init; }

    [Id(9)]
    public int GroupSize { get; init; }

    [Id(10)]
    public byte[] Reference { get; init; } = [];

    [Id(11)]
    public bool IsCollapsed { get; init; }
}
