using System.Collections.Concurrent;
using Actors.Engine;
using Actors.Engine.Faults;
using Actors.Engine.Stores;
using Actors.Grains.Chains;
using Actors.Grains.Channels;
using Actors.Grains.Faults;
using Actors.Ledger;
using Actors.Ledger.Chains;

namespace Actors.Grains.Calls;

/// <summary>The chains of a cluster, as whoever talks to a node sees them: what a gateway serves without knowing that it is a cluster.</summary>
public sealed class ClusterNode(IGrainFactory grains) : ILedgerNode
{
    private const int ChainsMax = 16_384;
    private readonly ConcurrentDictionary<ChainId, ClusterChain> _chains = [];

    private IChainDirectoryGrain Directory => grains.GetGrain<IChainDirectoryGrain>(0);

    public async ValueTask<IReadOnlyList<ChainId>> ListChainsAsync(ChainId? after, int countMax, CancellationToken cancellation)
    {
        var ids = await ReadAsync(() => Directory.ListAsync(after?.Value, countMax), cancellation).ConfigureAwait(false);
        return [.. ids.Select(ChainId.Parse)];
    }

    public async ValueTask<ILedgerChain> CreateChainAsync(ChainCreation creation, CancellationToken cancellation)
    {
        var request = new ChainRequest
        {
            Chain = creation.ChainId.Value,
            Operator = creation.Operator.Encode(),
            LeafRecords = creation.LeafRecords,
            BlockOperationsMax = creation.BlockOperationsMax,
            BlockBytesMax = creation.BlockBytesMax,
            ValidityMs = creation.ValidityMs,
            OpenWithoutIssuerMax = creation.OpenWithoutIssuerMax,
        };
        try
        {
            var genesis = await ReadAsync(() => Directory.CreateAsync(request), cancellation).ConfigureAwait(false);
            return Keep(Genesis.Parse(genesis));
        }
        catch (LedgerFaultException fault) when (fault.Fault.Kind == FaultKind.ChainExists)
        {
            throw new ChainExistsException(creation.ChainId.Value);
        }
    }

    public async ValueTask<ILedgerChain?> FindChainAsync(ChainId id, CancellationToken cancellation)
    {
        if (_chains.TryGetValue(id, out var known))
        {
            return known;
        }

        try
        {
            return Keep(Genesis.Parse(await ReadAsync(() => grains.GetGrain<IChainGrain>(id.Value).GetGenesisAsync(), cancellation).ConfigureAwait(false)));
        }
        catch (LedgerFaultException fault) when (fault.Fault.Kind == FaultKind.ChainNotFound)
        {
            return null;
        }
    }

    private ClusterChain Keep(Genesis genesis)
    {
        if (_chains.Count >= ChainsMax)
        {
            _chains.Clear();
        }

        return _chains.GetOrAdd(genesis.ChainId, id => new ClusterChain(genesis, grains.GetGrain<IChainGrain>(id.Value), grains.GetGrain<IRelayGrain>(id.Value), grains.GetGrain<IIntakeGrain>(0)));
    }

    /// <summary>Faults that say something about chains as such are left to the caller.</summary>
    private static async Task<T> ReadAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await call().WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (LedgerFaultException fault) when (fault.Fault.Kind is FaultKind.ChainExists or FaultKind.ChainNotFound)
        {
            throw;
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested && fault is not EngineFaultException && CallFaults.OfRead(fault) is { } told)
        {
            throw told;
        }
    }
}
