namespace Actors.Engine.Audits;

/// <summary>Where an audit reads a chain from: a node over HTTP, a data folder, a backup.</summary>
public interface IBlockSource
{
    ReadOnlyMemory<byte> Genesis { get; }

    /// <summary>The head as of the start of the audit.</summary>
    ulong HeadHeight { get; }

    /// <summary>The stored bytes of a block at or below the head; null when they are missing.</summary>
    ValueTask<ReadOnlyMemory<byte>?> ReadBlockAsync(ulong height, CancellationToken cancellation);
}
