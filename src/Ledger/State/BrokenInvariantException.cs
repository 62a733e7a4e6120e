namespace Actors.Ledger.State;

/// <summary>
/// Something that cannot be, is: sums that are not zero, a replayed block with another root, a page that is not what its
/// hash says. The chain stops serving and says so; nothing tries to go on.
/// </summary>
public sealed class BrokenInvariantException(string message) : Exception(message);
