namespace Actors.Grains.Chains;

/// <summary>Where a chain stands, as of its newest committed block. Hashes and keys are raw bytes.</summary>
[GenerateSerializer, Immutable, Alias("actors.chain-head.1")]
public sealed record ChainHead
{
    [Id(0)]
    public required ulong Height { get; init; }

    [Id(1)]
    public required byte[] HeaderHash { get; init; }

    [Id(2)]
    public required ulong TimeMs { get; init; }

    [Id(3)]
    public required ulong StateHeight { get; init; }

    [Id(4)]
    public required ulong Accounts { get; init; }

    [Id(5)]
    public required uint Keysets { get; init; }

    [Id(6)]
    public required uint Assets { get; init; }

    [Id(7)]
    public required ulong Pendings { get; init; }

    [Id(8)]
    public required uint Operator { get; init; }

    [Id(9)]
    public required byte[] SealingKey { get; init; }

    /// <summary>Null while blocks can be written; otherwise why not.</summary>
    [Id(10)]
    public string? WritesStopped { get; init; }

    [Id(11)]
    public string[] Notices { get; init; } = [];
}
