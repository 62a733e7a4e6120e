using Actors.Engine.Views;
using Actors.Ledger.Hashing;

namespace Actors.Engine.Intake;

/// <summary>
/// Checks what can be told of an envelope from its bytes and the genesis hash alone: that it decodes, is for this chain, and that every
/// signature verifies with the key it names. Needs no chain, so any process may do it for the one that runs the chain.
/// </summary>
public sealed class EnvelopeCheck(int keysMax)
{
    private readonly SubmissionVerifier _verifier = new(new KeyCache(keysMax));

    /// <summary>Null when nothing is wrong; otherwise the answer to give, which spends no id.</summary>
    public SubmissionResult? FindRefusal(ReadOnlyMemory<byte> envelope, in Hash256 genesis)
    {
        var submission = new Submission(envelope, admittedAtMs: 0);
        _verifier.Verify(submission, genesis);
        return submission.Refusal;
    }
}
