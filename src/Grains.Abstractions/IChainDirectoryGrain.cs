using Actors.Grains.Chains;

namespace Actors.Grains;

/// <summary>The chains of the cluster, read from the store. Any number of activations; the key is 0.</summary>
[Alias("actors.chain-directory")]
public interface IChainDirectoryGrain : IGrainWithIntegerKey
{
    public const int CountMax = 1_000;

    /// <summary>Ids after <paramref name="after"/> in ordinal order, at most <paramref name="countMax"/> and <see cref="CountMax"/>.</summary>
    [Alias("list")]
    Task<string[]> ListAsync(string? after, int countMax);

    /// <summary>Creates a chain with a new sealing key that the cluster keeps; durable on return. Answers its genesis document.</summary>
    /// <exception cref="Faults.LedgerFaultException">There is one with this id, or the request is malformed.</exception>
    [Alias("create")]
    Task<byte[]> CreateAsync(ChainRequest request);
}
