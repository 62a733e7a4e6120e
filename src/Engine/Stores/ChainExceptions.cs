namespace Actors.Engine.Stores;

/// <summary>A chain with this id exists.</summary>
public sealed class ChainExistsException(string chainId) : StoreException(
    $"Expected no chain '{chainId}' in the store, found one.");

/// <summary>No chain with this id exists.</summary>
public sealed class ChainNotFoundException(string chainId) : StoreException(
    $"Expected a chain '{chainId}' in the store, found none.");
