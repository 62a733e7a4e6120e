namespace Actors.Engine.Faults;

/// <summary>
/// The world failed, not the request: nothing was decided about it unless the type says so. The same bytes may be sent again.
/// Translated once, at the edge, into 429 or 503.
/// </summary>
public abstract class EngineFaultException(string message, TimeSpan? retryAfter, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>When trying again makes sense; null when only an operator can help.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>More work is queued than fits. Nothing was taken in.</summary>
public sealed class OverloadedException(string message) : EngineFaultException(message, TimeSpan.FromSeconds(1));

/// <summary>The store cannot take writes now (disk full, clock wrong, sealing key missing); reads go on. Nothing of the request was recorded.</summary>
public sealed class WritesStoppedException(string message, Exception? inner = null) : EngineFaultException(message, TimeSpan.FromSeconds(5), inner);

/// <summary>The transaction may or may not be recorded: ask by id, or send the same bytes again.</summary>
public sealed class OutcomePendingException(string message, Exception? inner = null) : EngineFaultException(message, TimeSpan.FromSeconds(1), inner);

/// <summary>The chain is not served here: fence lost, invariant broken, or shutting down.</summary>
public sealed class ChainStoppedException(string message, Exception? inner = null) : EngineFaultException(message, null, inner);
