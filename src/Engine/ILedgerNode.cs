using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Keysets;

namespace Actors.Engine;

/// <summary>
/// A place that runs chains. The gateway talks to this and to <see cref="ILedgerChain"/>: in process they are the engine itself, in a
/// cluster calls to grains. Anything here may throw an <see cref="Faults.EngineFaultException"/>.
/// </summary>
public interface ILedgerNode
{
    /// <summary>All chains, by id, at most <paramref name="countMax"/> after <paramref name="after"/>.</summary>
    ValueTask<IReadOnlyList<ChainId>> ListChainsAsync(ChainId? after, int countMax, CancellationToken cancellation);

    /// <summary>
    /// Creates a chain with a new sealing key that this node keeps. Durable on return: genesis, key and empty log.
    /// </summary>
    /// <exception cref="Stores.ChainExistsException">There is one with this id.</exception>
    ValueTask<ILedgerChain> CreateChainAsync(ChainCreation creation, CancellationToken cancellation);

    /// <summary>The chain, opened and recovered if it was not running; null when there is none with this id.</summary>
    ValueTask<ILedgerChain?> FindChainAsync(ChainId id, CancellationToken cancellation);
}

/// <summary>What the creator of a chain decides; the rest of its genesis (time, sealing key) is the node's.</summary>
public sealed record ChainCreation(ChainId ChainId, KeysetDefinition Operator)
{
    /// <inheritdoc cref="GenesisSettings.LeafRecords"/>
    public int LeafRecords { get; init; } = 16;

    /// <inheritdoc cref="GenesisSettings.BlockOperationsMax"/>
    public int BlockOperationsMax { get; init; } = Limits.BlockOperationsMax;

    /// <inheritdoc cref="GenesisSettings.BlockBytesMax"/>
    public int BlockBytesMax { get; init; } = Limits.BlockBytesMax;

    /// <inheritdoc cref="GenesisSettings.ValidityMs"/>
    public ulong ValidityMs { get; init; } = Limits.ValidityMsMax;

    /// <inheritdoc cref="GenesisSettings.OpenWithoutIssuerMax"/>
    public ulong OpenWithoutIssuerMax { get; init; } = Limits.OpenWithoutIssuerDefault;
}
