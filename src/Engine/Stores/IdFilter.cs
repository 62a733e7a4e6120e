namespace Actors.Engine.Stores;

/// <summary>
/// A filter over the transaction ids of a closed stretch of blocks. Stretches follow one another without overlap; all
/// ends are inclusive.
/// </summary>
public sealed record IdFilter(ulong FirstHeight, ulong LastHeight, ulong FirstTimeMs, ulong LastTimeMs, byte[] Bits);
