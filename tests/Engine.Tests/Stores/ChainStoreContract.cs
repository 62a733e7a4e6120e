using Actors.Engine.Stores;

namespace Actors.Engine.Tests.Stores;

/// <summary>
/// What every store of chains must do. A store is added by deriving from this class with a fixture of its own.
/// </summary>
public abstract partial class ChainStoreContract : IDisposable
{
    private const string ChainId = "main-1";

    private readonly List<IDisposable> _open = [];
    private StoreFixture? _fixture;

    private StoreFixture Fixture => _fixture ??= NewFixture();

    public void Dispose()
    {
        foreach (var opened in Enumerable.Reverse(_open))
            opened.Dispose();
        _fixture?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract StoreFixture NewFixture();

    private INodeStore OpenNode() => Keep(Fixture.OpenNode());

    private IChainStore Create() => Keep(OpenNode().CreateChain(ChainId, TestBlocks.Genesis));

    /// <summary>Opens the chain as another process would.</summary>
    private IChainStore OpenAgain() => Keep(OpenNode().OpenChain(ChainId));

    /// <summary>A chain with that many blocks, and its writer's epoch.</summary>
    private (IChainStore Store, ulong Epoch) CreateWith(ulong blocks)
    {
        var store = Create();
        var epoch = store.TakeEpoch().Epoch;
        store.AppendThrough(epoch, blocks);
        return (store, epoch);
    }

    private T Keep<T>(T opened)
        where T : IDisposable
    {
        _open.Add(opened);
        return opened;
    }
}
