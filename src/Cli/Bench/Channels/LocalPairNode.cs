using Actors.Cli.Client;
using Actors.Engine;
using Actors.Engine.Relays;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Keysets;
using Actors.Ledger.Transactions;

namespace Actors.Cli.Bench.Channels;

/// <summary>The engine in this process, which carries its channels itself.</summary>
internal sealed class LocalPairNode(ILedgerNode node) : IPairNode
{
    public async Task<IPairChain> CreateAsync(ChainId id, KeysetDefinition operatorKeyset, CancellationToken cancellation) =>
        new LocalPairChain(await node.CreateChainAsync(new ChainCreation(id, operatorKeyset), cancellation));

    private sealed class LocalPairChain(ILedgerChain chain) : IPairChain
    {
        public Genesis Genesis => chain.Genesis;

        public async Task CommitAsync(ReadOnlyMemory<byte> envelope, string what, CancellationToken cancellation)
        {
            var result = await chain.SubmitAsync(envelope, cancellation);
            if (result.Outcome != Outcome.Committed)
            {
                throw new RefusedException(result.Outcome, $"{what}: {result.Detail}");
            }

            foreach (var operation in result.Recorded!.Effect.Operations)
            {
                if (operation.Outcome != Outcome.Committed)
                {
                    throw new RefusedException(operation.Outcome, $"operation {operation.Operation} of {what}");
                }
            }
        }

        public async Task<RelayPosition> PositionAsync(CancellationToken cancellation) =>
            await ((IRelayEnd)chain).GetRelayPositionAsync(1, cancellation) ?? throw new CannotRunException($"chain {chain.Genesis.ChainId} has no channel");

        public async Task<RelayPosition> PositionAsync(Func<RelayPosition, bool> wanted, CancellationToken cancellation)
        {
            while (true)
            {
                var height = (await chain.GetStatusAsync(false, cancellation)).Height;
                if (await PositionAsync(cancellation) is var position && wanted(position))
                {
                    return position;
                }

                await chain.WaitForBlockAsync(height, cancellation);
            }
        }
    }
}
