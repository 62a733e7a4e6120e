using Actors.Engine.Relays;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Keysets;

namespace Actors.Cli.Bench.Channels;

/// <summary>Where a run has one side of its pairs.</summary>
internal interface IPairNode
{
    Task<IPairChain> CreateAsync(ChainId id, KeysetDefinition operatorKeyset, CancellationToken cancellation);
}

/// <summary>One chain of a pair.</summary>
internal interface IPairChain
{
    Genesis Genesis { get; }

    /// <summary>Durable on return.</summary>
    /// <exception cref="Client.RefusedException">The transaction or one of its operations did not come out well.</exception>
    Task CommitAsync(ReadOnlyMemory<byte> envelope, string what, CancellationToken cancellation);

    /// <summary>Where the chain's one channel stands.</summary>
    Task<RelayPosition> PositionAsync(CancellationToken cancellation);

    /// <summary>The same as soon as it is <paramref name="wanted"/>.</summary>
    Task<RelayPosition> PositionAsync(Func<RelayPosition, bool> wanted, CancellationToken cancellation);
}
