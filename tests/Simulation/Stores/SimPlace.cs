using Actors.Engine.Stores;

namespace Actors.Simulation.Stores;

/// <summary>One place where simulated chains and their backups are kept; every opened node sees the same.</summary>
internal sealed class SimPlace
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, SimDisk> _chains = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SimDisk> _backups = [];

    public SimChainStore Create(string chainId, ReadOnlyMemory<byte> genesis, IStoreFaults? faults = null)
    {
        lock (_lock)
        {
            var disk = new SimDisk(genesis.ToArray());
            return _chains.TryAdd(chainId, disk) ? new SimChainStore(this, disk, faults) : throw new ChainExistsException(chainId);
        }
    }

    public SimChainStore Open(string chainId, IStoreFaults? faults = null)
    {
        lock (_lock)
        {
            if (!_chains.TryGetValue(chainId, out var disk))
            {
                throw new ChainNotFoundException(chainId);
            }

            disk.RequireHead();
            return new SimChainStore(this, disk, faults);
        }
    }

    public ReopenedChain ReopenAfterLoss(string chainId)
    {
        lock (_lock)
        {
            return _chains.TryGetValue(chainId, out var disk)
                ? new ReopenedChain(new SimChainStore(this, disk, faults: null, afterLoss: true), disk.SetLossAside(), disk.AcceptLoss)
                : throw new ChainNotFoundException(chainId);
        }
    }

    public void Rename(string chainId, string newId)
    {
        lock (_lock)
        {
            if (!_chains.TryGetValue(chainId, out var disk))
            {
                throw new ChainNotFoundException(chainId);
            }

            if (!_chains.TryAdd(newId, disk))
            {
                throw new ChainExistsException(newId);
            }

            _chains.Remove(chainId);
        }
    }

    public IReadOnlyList<string> List()
    {
        lock (_lock)
        {
            return [.. _chains.Keys];
        }
    }

    public void AddBackup(string folder, SimDisk copy)
    {
        lock (_lock)
        {
            if (!_backups.TryAdd(folder, copy))
            {
                throw new ArgumentException($"Expected nothing at '{folder}', found a backup.", nameof(folder));
            }
        }
    }

    public SimChainStore OpenBackup(string folder)
    {
        lock (_lock)
        {
            return new SimChainStore(this, _backups[folder], faults: null);
        }
    }
}
