using Actors.Engine;
using Actors.Engine.Stores;
using Actors.Grains.Faults;
using Actors.Ledger;
using Actors.Ledger.Keysets;
using Orleans.Concurrency;

namespace Actors.Grains.Chains;

/// <summary>Lists and creates chains. Creating is the store's to make happen once: two at the same time under one id are one chain and one refusal.</summary>
[StatelessWorker, Reentrant]
internal sealed class ChainDirectoryGrain(ChainHost host) : Grain, IChainDirectoryGrain
{
    public Task<string[]> ListAsync(string? after, int countMax)
    {
        var from = FaultWire.Understand(() => after is null ? (ChainId?)null : ChainId.Parse(after));
        var count = Math.Clamp(countMax, 1, IChainDirectoryGrain.CountMax);
        return FaultWire.Translate(() => Task.Run(() => host.List(from, count).Select(id => id.Value).ToArray()));
    }

    public async Task<byte[]> CreateAsync(ChainRequest request)
    {
        var creation = FaultWire.Understand(() => new ChainCreation(ChainId.Parse(request.Chain), KeysetDefinition.Parse(request.Operator))
        {
            LeafRecords = request.LeafRecords,
            BlockOperationsMax = request.BlockOperationsMax,
            BlockBytesMax = request.BlockBytesMax,
            ValidityMs = request.ValidityMs,
            OpenWithoutIssuerMax = request.OpenWithoutIssuerMax,
        });
        try
        {
            return await Task.Run(() => FaultWire.Understand(() => host.Create(creation).Encoded.ToArray()));
        }
        catch (ChainExistsException)
        {
            throw FaultWire.ChainExists(creation.ChainId);
        }
        catch (StoreException fault)
        {
            throw FaultWire.StoreFailed(fault);
        }
    }
}
