namespace Actors.Cli.Client;

/// <summary>Where a channel stands on one side, as a node answers it.</summary>
public sealed record RelayPositionAnswer(uint Channel, string State, bool Paused, uint Peer, string PeerName, string PeerGenesis, uint PeerChannel, bool PeerFrozen)
{
    public ulong Sent { get; init; }

    public ulong Settled { get; init; }

    public ulong Held { get; init; }

    public ulong SealedSince { get; init; }

    public ulong Received { get; init; }

    public ulong Consumed { get; init; }

    public bool Confirmed { get; init; }
}

public sealed record SequenceRangeAnswer(ulong First, int Count);

/// <summary>Packets that have timed out, and the latest of their timeouts.</summary>
public sealed record TimedOutAnswer(IReadOnlyList<SequenceRangeAnswer> Ranges, ulong Latest);
