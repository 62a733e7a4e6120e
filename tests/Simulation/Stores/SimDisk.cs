using Actors.Engine.Stores;
using Actors.Ledger.Hashing;

namespace Actors.Simulation.Stores;

/// <summary>
/// What one chain has on a simulated disk. Everything is durable at once: what a crash takes is taken by striking before a call has
/// its effect, and what a disk that lies about syncing takes, by <see cref="LoseBlocksAbove"/>.
/// </summary>
internal sealed class SimDisk(byte[] genesis)
{
    private List<BlockAppend> _blocks = [];

    public Lock Lock { get; } = new();

    public byte[] Genesis { get; } = genesis;

    public Hash256 GenesisHash { get; } = Sha256.Of(genesis);

    public ulong Epoch { get; set; }

    public string? ClosedTo { get; set; }

    public (ulong Height, Hash256 Hash)? HeadFile { get; set; } = (0, Sha256.Of(genesis));

    public SnapshotManifest? Manifest { get; set; }

    public SimPages Pages { get; private set; } = new();

    /// <summary>What was lost, while the chain's operator goes on from what is left.</summary>
    public NotedHead? Aside { get; private set; }

    /// <summary>Writes that need room are refused.</summary>
    public bool IsFull { get; set; }

    /// <summary>Index i holds height i + 1.</summary>
    public IReadOnlyList<BlockAppend> Blocks => _blocks;

    public StoredHead Head => _blocks.Count == 0
        ? new StoredHead(Epoch, 0, GenesisHash, 0, HeadFile is not null)
        : new StoredHead(Epoch, (ulong)_blocks.Count, _blocks[^1].HeaderHash, _blocks[^1].TimeMs, HeadFile is not null);

    public long Bytes => Genesis.Length + _blocks.Sum(block => (long)block.Bytes.Length) + Pages.Bytes;

    public void Add(BlockAppend block) => _blocks.Add(block);

    /// <summary>A disk that lied about syncing loses the end of its log; what was noted elsewhere stays.</summary>
    public void LoseBlocksAbove(ulong height) => _blocks = _blocks[..(int)height];

    /// <exception cref="HeadBehindException">The log ends below what is known to have been there.</exception>
    public void RequireHead()
    {
        if (Aside is { } lost)
        {
            throw new HeadBehindException($"Expected height {lost.Height} with {lost.Hash}, the head is {_blocks.Count}, and going on from there did not end.");
        }

        var (height, hash) = HeadFile ?? (0, GenesisHash);
        var found = height == 0 ? GenesisHash : height <= (ulong)_blocks.Count ? _blocks[(int)height - 1].HeaderHash : (Hash256?)null;
        if (found != hash)
        {
            throw new HeadBehindException($"Expected height {height} with {hash}, found {found}, the head is {_blocks.Count}.");
        }

        if (Manifest is { } manifest && manifest.Height > (ulong)_blocks.Count)
        {
            throw new HeadBehindException($"Expected height {manifest.Height} or above, as its snapshot says, found {_blocks.Count}.");
        }
    }

    public NotedHead? SetLossAside()
    {
        lock (Lock)
        {
            try
            {
                RequireHead();
            }
            catch (HeadBehindException)
            {
                var (height, hash) = HeadFile ?? (0, GenesisHash);
                Aside ??= Manifest?.Height > Math.Max(height, (ulong)_blocks.Count) ? new NotedHead(Manifest.Height, Hash256.Zero) : new NotedHead(height, hash);
                if (Manifest?.Height > (ulong)_blocks.Count)
                {
                    (Manifest, Pages) = (null, new SimPages());
                }
            }

            return Aside;
        }
    }

    public void AcceptLoss()
    {
        lock (Lock)
        {
            (HeadFile, Aside) = ((Head.Height, Head.HeaderHash), null);
        }
    }

    public SimDisk Copy() => new(Genesis)
    {
        Epoch = Epoch,
        ClosedTo = ClosedTo,
        HeadFile = HeadFile,
        Manifest = Manifest,
        Pages = Pages.Copy(),
        _blocks = [.. _blocks],
    };
}
