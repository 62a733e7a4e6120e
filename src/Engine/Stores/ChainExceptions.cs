namespace Actors.Engine.Stores;

/// <summary>A chain with this id exists.</summary>
public sealed class ChainExistsException(string chainId) : StoreException(
    $"Expected no chain '{chainId}' in the store, found one.");

/// <summary>The chain is closed for writing, for ever, because it goes on elsewhere.</summary>
public sealed class ChainClosedException(string name, string movedTo) : StoreException(
    $"ChainClosed: {name} can be read, and never be written again: it was closed here to go on in {movedTo}.")
{
    public string MovedTo { get; } = movedTo;
}

/// <summary>No chain with this id exists.</summary>
public sealed class ChainNotFoundException(string chainId) : StoreException(
    $"Expected a chain '{chainId}' in the store, found none.");
