namespace Actors.Grains.Channels;

/// <summary>Another chain as this one knows it.</summary>
[GenerateSerializer, Immutable, Alias("actors.peer-state.1")]
public sealed record PeerState
{
    [Id(0)]
    public required uint Number { get; init; }

    [Id(1)]
    public required string Name { get; init; }

    [Id(2)]
    public required byte[] Genesis { get; init; }

    [Id(3)]
    public required ulong AsOf { get; init; }

    /// <summary>The newest header that came; 0 before the first.</summary>
    [Id(4)]
    public required ulong HeaderHeight { get; init; }

    [Id(5)]
    public required ulong HeaderTimeMs { get; init; }

    /// <summary>Null while it is trusted.</summary>
    [Id(6)]
    public required ulong? FrozenSinceMs { get; init; }

    [Id(7)]
    public required ulong? ConflictHeight { get; init; }
}
