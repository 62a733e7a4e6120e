namespace Actors.Engine.Stores;

/// <summary>The store, not the ledger, failed. The derived type says what a caller can do about it.</summary>
public abstract class StoreException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>There is no room. Nothing was written; reads go on; writes succeed again once there is room.</summary>
public sealed class StoreFullException(string message, Exception? inner = null) : StoreException(message, inner);

/// <summary>The store does not answer, or is busy, for now. Nothing was written; trying again later may succeed.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null)
    : StoreException(message, inner);

/// <summary>What is stored is damaged. Trying again does not help; a backup or another copy does.</summary>
public sealed class StoreCorruptException(string message, Exception? inner = null) : StoreException(message, inner);

/// <summary>A newer version of this program wrote the store. This one does not touch it.</summary>
public sealed class StoreTooNewException(string message) : StoreException(message);

/// <summary>
/// A commit failed in a way in which it may have happened. Only taking a new epoch and reading the head tells.
/// </summary>
public sealed class OutcomeUnknownException(string message, Exception? inner = null)
    : StoreException(message, inner);

/// <summary>The store cannot be used as it is set up: the message says what to change or to run. Nothing was touched.</summary>
public sealed class StoreSetupException(string message, Exception? inner = null) : StoreException(message, inner);
