using Actors.Engine.Views;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Hashing;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Engine.Intake;

/// <summary>Decodes a submission and finds which exact keys signed it, and sealed the headers that it shows. Needs no state, so it runs on any core.</summary>
internal sealed class SubmissionVerifier(KeyCache keys)
{
    /// <param name="submission">Verified on return, or refused.</param>
    /// <param name="genesis">The chain that it is for.</param>
    /// <param name="hints">What that chain's light clients held a moment ago; null where the chain is not here: then its own process looks at the seals.</param>
    public void Verify(Submission submission, in Hash256 genesis, SealHints? hints = null)
    {
        try
        {
            var envelope = Envelope.Parse(submission.Bytes, genesis);
            var seals = hints is null ? null : CheckedSeals.Of(envelope.Transaction, hints.Find, key => keys.Find(key));
            submission.Verified(envelope.Transaction, (Signer[])envelope.Signers, submission.SignaturesAreChecked ? null : FindBadSignature(envelope), seals);
        }
        catch (MalformedException malformed)
        {
            submission.Refused(new SubmissionResult(malformed.Outcome) { Detail = malformed.Message });
        }
    }

    private SubmissionResult? FindBadSignature(Envelope envelope)
    {
        for (var i = 0; i < envelope.Signers.Count; i++)
        {
            var signer = envelope.Signers[i];
            var key = keys.Find(signer.Key);
            if (key is null || !Es256.Verify(key, envelope.Transaction.SignedMessage.Span, signer.Signature))
            {
                return new SubmissionResult(Outcome.BadSignature)
                {
                    Id = envelope.Transaction.Id,
                    Detail = Describe(i, signer, key is not null),
                };
            }
        }

        return null;
    }

    private static string Describe(int index, in Signer signer, bool onCurve) =>
        !onCurve ? $"signature {index} names a key that is no point of P-256"
        : !Es256.IsLowS(signer.Signature) ? $"signature {index} has an s above n/2; low-S is required"
        : $"signature {index} does not verify with key {signer.Key}";
}
