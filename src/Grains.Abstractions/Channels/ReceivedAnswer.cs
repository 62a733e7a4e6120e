using Actors.Ledger.Transactions;

namespace Actors.Grains.Channels;

/// <summary>What became of a packet that the peer sent, or the height below which the search goes on.</summary>
[GenerateSerializer, Immutable, Alias("actors.received-answer.1")]
public sealed record ReceivedAnswer
{
    /// <summary>Null when it was not found; then the rest says nothing.</summary>
    [Id(0)]
    public required Outcome? Outcome { get; init; }

    [Id(1)]
    public required ulong Height { get; init; }

    [Id(2)]
    public required byte[] Transaction { get; init; }

    [Id(3)]
    public required int Operation { get; init; }

    [Id(4)]
    public required ulong? Before { get; init; }
}
