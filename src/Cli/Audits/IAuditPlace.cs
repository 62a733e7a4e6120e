using Actors.Cli.Terminals;
using Actors.Engine.Audits;
using Actors.Ledger;

namespace Actors.Cli.Audits;

/// <summary>Where chains to audit are.</summary>
internal interface IAuditPlace
{
    Task<IReadOnlyList<ChainId>> ListChainsAsync(CancellationToken cancellation);

    /// <summary>Opens a chain at its head as of now.</summary>
    /// <exception cref="Engine.Stores.StoreCorruptException">What is stored cannot be opened.</exception>
    Task<OpenedChain> OpenAsync(ChainId chain, CancellationToken cancellation);
}

/// <summary>A chain to read, what its store keeps beside the blocks to check (nothing, where there is no store), and what to close at the end.</summary>
internal sealed record OpenedChain(ChainId Chain, IBlockSource Source) : IDisposable
{
    public Func<CancellationToken, IReadOnlyList<string>> CheckStore { get; init; } = _ => [];

    public IDisposable? Store { get; init; }

    public void Dispose() => Store?.Dispose();
}

/// <summary>Tells how many blocks of how many are replayed, on the thread that replays.</summary>
internal sealed class BlockProgress(Advance advance, IReadOnlyList<OpenedChain> chains) : IProgress<(int Chain, ulong Height)>
{
    private readonly ulong[] _heights = new ulong[chains.Count];
    private readonly long _total = chains.Sum(chain => (long)chain.Source.HeadHeight);
    private long _replayed;

    public void Report((int Chain, ulong Height) value)
    {
        _replayed += (long)(value.Height - _heights[value.Chain]);
        _heights[value.Chain] = value.Height;
        advance.Report(_replayed, _total);
    }
}
