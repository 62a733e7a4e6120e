namespace Actors.Engine.Chains;

/// <summary>What the world around a loop wants to hear. Called on the loop; MUST be quick and MUST NOT throw.</summary>
internal sealed class ChainEvents
{
    public required Action<ChainCore, PreparedBlock> OnCommitted { get; init; }

    /// <summary>Something is due at this time (Unix, ms), or was and could not be done: the chain is to be woken then.</summary>
    public required Action<ChainCore, ulong> OnDue { get; init; }

    public required Action<Exception> OnStopped { get; init; }
}
