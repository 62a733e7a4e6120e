namespace Actors.Engine.Stores;

/// <summary>Another writer has taken a newer epoch. This one MUST stop.</summary>
public sealed class FenceLostException(ulong expectedEpoch, ulong foundEpoch) : StoreException(
    $"Expected the writer's epoch to be {expectedEpoch}, found {foundEpoch}: another writer has taken over.")
{
    public ulong ExpectedEpoch { get; } = expectedEpoch;

    public ulong FoundEpoch { get; } = foundEpoch;
}

/// <summary>The epoch holds, but the head is not the one that the block builds on.</summary>
public sealed class HeadMovedException(string expected, string found) : StoreException(
    $"Expected the head to be {expected}, found {found}.");

/// <summary>
/// The store is older than, or differs from, what it is known to have held: rows were lost or an older copy was put in
/// place.
/// </summary>
public sealed class HeadBehindException(string message) : StoreException($"HeadBehind: {message}");
