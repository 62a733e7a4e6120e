namespace Actors.Grains.Channels;

/// <summary>
/// What a relay asks of a chain, and what wakes it: the same grain as <see cref="IChainGrain"/>, apart from it because services have no use for it. Everything
/// it tells is provable and everything it takes is proven, so it is nobody's secret. Every member may throw <see cref="Faults.LedgerFaultException"/>.
/// </summary>
[Alias("actors.chain-relay")]
internal interface IRelayGrain : IGrainWithStringKey
{
    /// <summary>How long a call waits at most for something to bring.</summary>
    static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(10);

    /// <summary>Where a channel stands; null when there is no such channel.</summary>
    [Alias("position")]
    Task<PositionAnswer?> GetPositionAsync(uint channel);

    /// <summary>
    /// What the chain has for the channel's other side beyond <paramref name="cursor"/>, encoded; null: nothing, also after <paramref name="wait"/>, which is cut to
    /// <see cref="WaitMax"/>.
    /// </summary>
    [Alias("export")]
    Task<byte[]?> ExportAsync(uint channel, CursorWire cursor, TimeSpan wait);

    /// <summary>The newest header with the proof of where the channel stands, encoded; null when there is none after <paramref name="cursor"/>.</summary>
    [Alias("export-position")]
    Task<byte[]?> ExportPositionAsync(uint channel, CursorWire cursor);

    /// <summary>Packets that have timed out and are unsettled; null: none, also after <paramref name="wait"/>, which is cut to <see cref="WaitMax"/>.</summary>
    [Alias("timed-out")]
    Task<TimedOutAnswer?> GetTimedOutAsync(uint channel, TimeSpan wait);

    /// <summary>Sees to a block at or after that time, if the clock has come so far; false if not.</summary>
    [Alias("seal")]
    Task<bool> SealAsync(ulong timeMs);

    /// <summary>The chain is due: does what is, and keeps when it is due next. Nothing happens when nothing is.</summary>
    [Alias("wake")]
    Task WakeAsync();
}
