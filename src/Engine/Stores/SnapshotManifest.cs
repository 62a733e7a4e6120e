namespace Actors.Engine.Stores;

/// <summary>What a snapshot is of.</summary>
/// <param name="Snapshot">Its number: later ones have higher numbers, from 1.</param>
/// <param name="Height">The height whose state its pages hold.</param>
/// <param name="State">What the engine keeps beside the pages, at most <see cref="StateBytesMax"/>.</param>
public sealed record SnapshotManifest(ulong Snapshot, ulong Height, byte[] State)
{
    public const int StateBytesMax = 64 * 1024;
}
