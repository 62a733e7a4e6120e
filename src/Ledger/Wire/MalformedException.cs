using Actors.Ledger.Transactions;

namespace Actors.Ledger.Wire;

/// <summary>
/// Bytes that are not what docs/wire-format.md says they must be. Thrown by decoders only; whoever decodes input from
/// outside turns it into <see cref="Outcome"/> and the message. Nothing has changed when it is thrown.
/// </summary>
public sealed class MalformedException : Exception
{
    public MalformedException(string message) : this(Outcome.Malformed, message)
    {
    }

    public MalformedException(Outcome outcome, string message) : base(message) => Outcome = outcome;

    /// <summary>The stable number of this refusal; <see cref="Outcome.Malformed"/> unless a narrower one fits.</summary>
    public Outcome Outcome { get; }
}
