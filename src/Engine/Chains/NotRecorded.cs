using Actors.Engine.Views;
using Actors.Ledger.Blocks;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Chains;

/// <summary>Sentences for transactions that are answered and not recorded.</summary>
internal static class NotRecorded
{
    public static SubmissionResult Describe(Transaction transaction, in ExecutionResult result, ulong timeMs, ulong validityMs) => new(result.Outcome)
    {
        Id = transaction.Id,
        Operation = IsAboutOperation(result.Outcome) ? result.Operation : null,
        Detail = result.Outcome switch
        {
            Outcome.ExpiryTooFar => $"the transaction expires at {transaction.Expiry}, at most {timeMs + validityMs} is allowed now ({validityMs} ms ahead)",
            Outcome.MissingSignature => $"operation {result.Operation} needs signatures that are not there",
            Outcome.SurplusSignature => "a signature is by a key that no operation needs",
            Outcome.HeaderNotNeeded => "the transaction brings newer headers and nothing else, and the chain is not idle: it has a recent block for whoever needs one",
            _ => $"operation {result.Operation}: {result.Outcome}",
        },
    };

    private static bool IsAboutOperation(Outcome outcome) =>
        outcome is not (Outcome.ExpiryTooFar or Outcome.SurplusSignature);
}
