namespace Actors.Grains.Faults;

/// <summary>Numbers are part of the wire.</summary>
[GenerateSerializer, Alias("actors.fault-kind.1")]
public enum FaultKind
{
    /// <summary>More work is queued than fits; nothing was taken in.</summary>
    Overloaded = 1,

    /// <summary>The store takes no writes now; reads go on.</summary>
    WritesStopped = 2,

    /// <summary>It may or may not be recorded: ask by id, or send the same bytes again.</summary>
    OutcomePending = 3,

    /// <summary>The chain is not served here: its fence was lost, an invariant broke, or the silo shuts down.</summary>
    ChainStopped = 4,

    /// <summary>There is no chain with this id.</summary>
    ChainNotFound = 5,

    /// <summary>There is a chain with this id already.</summary>
    ChainExists = 6,

    /// <summary>The request is over a bound or cannot be understood; sending it again changes nothing.</summary>
    BadRequest = 7,

    /// <summary>The chain has not come to the height that was asked for.</summary>
    NotYet = 8,
}

/// <summary>The world failed, not the ledger: what to tell, and when trying again makes sense.</summary>
[GenerateSerializer, Immutable, Alias("actors.fault-answer.1")]
public sealed record FaultAnswer
{
    [Id(0)]
    public FaultKind Kind { get; init; }

    [Id(1)]
    public string Message { get; init; } = "";

    /// <summary>Null when only an operator can help, or the request is wrong.</summary>
    [Id(2)]
    public TimeSpan? RetryAfter { get; init; }
}
