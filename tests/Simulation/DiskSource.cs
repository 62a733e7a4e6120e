using Actors.Engine.Audits;
using Actors.Simulation.Stores;

namespace Actors.Simulation;

/// <summary>The blocks of a simulated disk, for an audit.</summary>
internal sealed class DiskSource(SimDisk disk) : IBlockSource
{
    public ReadOnlyMemory<byte> Genesis => disk.Genesis;

    public ulong HeadHeight => (ulong)disk.Blocks.Count;

    public ValueTask<ReadOnlyMemory<byte>?> ReadBlockAsync(ulong height, CancellationToken cancellation) =>
        ValueTask.FromResult<ReadOnlyMemory<byte>?>(disk.Blocks[(int)height - 1].Bytes);
}
