using Actors.Engine.Views;
using Actors.Ledger.Hashing;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Engine.Intake;

/// <summary>Decodes a submission and finds which exact keys signed it. Needs no state, so it runs on any core.</summary>
internal sealed class SubmissionVerifier(KeyCache keys)
{
    public void Verify(Submission submission, in Hash256 genesis)
    {
        try
        {
            var envelope = Envelope.Parse(submission.Bytes, genesis);
            submission.Verified(envelope.Transaction, (Signer[])envelope.Signers, submission.SignaturesAreChecked ? null : FindBadSignature(envelope));
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
