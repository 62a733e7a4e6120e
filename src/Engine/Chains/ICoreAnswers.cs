using Actors.Engine.Intake;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Chains;

/// <summary>Answers that need the log and are therefore given beside the core, not by it.</summary>
internal interface ICoreAnswers
{
    /// <summary>The transaction was recorded in a block that is durable.</summary>
    void AnswerAlreadyCommitted(Submission submission, TransactionPlace place);

    /// <summary>
    /// The transaction has expired: it is in the log up to this height, or never will be. The answer MUST wait until this writer's epoch
    /// is confirmed: another writer may have recorded it.
    /// </summary>
    void AnswerExpired(Submission submission, ulong committedThrough);
}
