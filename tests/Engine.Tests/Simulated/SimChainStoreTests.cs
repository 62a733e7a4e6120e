using Actors.Engine.Stores;
using Actors.Engine.Tests.Stores;
using Actors.Simulation.Stores;

namespace Actors.Engine.Tests.Simulated;

/// <summary>The store of the simulator keeps the contract too: what the simulator finds is then true of the others.</summary>
public sealed class SimChainStoreTests : ChainStoreContract
{
    protected override StoreFixture NewFixture() => new SimFixture();

    private sealed class SimFixture : StoreFixture
    {
        private readonly SimPlace _place = new();

        public override INodeStore OpenNode() => new SimNodeStore(_place);

        public override string NewPath() => Guid.NewGuid().ToString("N");

        public override IChainStore OpenBackup(string folder, string chainId) => _place.OpenBackup(folder);

        public override void TakeRoom(IChainStore store) => ((SimChainStore)store).Disk.IsFull = true;

        public override void MakeRoom(IChainStore store) => ((SimChainStore)store).Disk.IsFull = false;

        protected override void Dispose(bool disposing)
        {
        }
    }
}
