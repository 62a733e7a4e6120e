using Actors.Engine.Intake;
using Actors.Ledger.Hashing;

namespace Actors.Engine.Chains;

/// <summary>Whoever waits for verified submissions.</summary>
internal interface IVerifiedSink
{
    Hash256 GenesisHash { get; }

    SealHints Hints { get; }

    /// <summary>Something this chain waits for may have happened.</summary>
    void Wake();
}
