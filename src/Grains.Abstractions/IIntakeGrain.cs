using Actors.Grains.Submissions;

namespace Actors.Grains;

/// <summary>
/// Checks signatures on whichever silo has time, so that a chain is not bound by the cores of the silo that runs it. Has no state and any number of
/// activations; the key is 0.
/// </summary>
[Alias("actors.intake")]
public interface IIntakeGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Answers each envelope, in their order, when it is durable or refused. They may be executed in another order, also than those of other calls:
    /// send what builds on a transaction after its answer.
    /// </summary>
    /// <exception cref="Faults.LedgerFaultException">Nothing of the batch was taken in: it is malformed, or there is no such chain.</exception>
    [Alias("submit")]
    Task<SubmissionAnswer[]> SubmitAsync(string chain, EnvelopeBatch envelopes);
}
