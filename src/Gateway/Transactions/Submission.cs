using Actors.Engine;
using Actors.Engine.Views;
using Actors.Gateway.Problems;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Gateway.Transactions;

/// <summary>One transaction on its way to a chain: hands it over, waits for its block a bounded time, and says what became of it.</summary>
internal static class Submission
{
    /// <summary>Waits for the answer; nothing that the ledger or the world can do is thrown.</summary>
    public static async ValueTask<Answer> SubmitAsync(ILedgerChain chain, ReadOnlyMemory<byte> envelope, TimeSpan wait, CancellationToken aborted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        patience.CancelAfter(wait);
        try
        {
            return Answer.Of(await chain.SubmitAsync(envelope, patience.Token));
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            return Unknown(wait) with { Id = IdOf(chain, envelope) };
        }
        catch (Exception fault) when (ProblemAnswers.Of(fault) is not null)
        {
            return ProblemAnswers.Of(fault)! with { Id = IdOf(chain, envelope) };
        }
    }

    /// <summary>
    /// Hands the transaction over and returns its answer only if that was known within <paramref name="wait"/>; otherwise null, and it goes on
    /// without anybody waiting. The id is then found by <see cref="IdOf"/>.
    /// </summary>
    public static async ValueTask<Answer?> QueueAsync(ILedgerChain chain, ReadOnlyMemory<byte> envelope, TimeSpan wait, ILogger logger, CancellationToken aborted)
    {
        var submitting = chain.SubmitAsync(envelope, CancellationToken.None).AsTask();
        if (!submitting.IsCompleted && wait > TimeSpan.Zero)
        {
            await ((Task)submitting).WaitAsync(wait, aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!submitting.IsCompleted)
        {
            _ = WatchAsync(submitting, logger);
            return null;
        }

        try
        {
            return Answer.Of(await submitting);
        }
        catch (Exception fault) when (ProblemAnswers.Of(fault) is not null)
        {
            return ProblemAnswers.Of(fault)! with { Id = IdOf(chain, envelope) };
        }
    }

    public static Answer Unknown(TimeSpan wait) => Answer.Of(
        ProblemKind.OutcomeUnknown,
        $"no answer within {wait.TotalMilliseconds:0} ms; it may or may not be recorded: ask by id, or send the same bytes again",
        TimeSpan.FromSeconds(1));

    /// <summary>Null when the bytes are too malformed to have one.</summary>
    public static TransactionId? IdOf(ILedgerChain chain, ReadOnlyMemory<byte> envelope)
    {
        try
        {
            return Envelope.Parse(envelope, chain.Genesis.Hash).Transaction.Id;
        }
        catch (MalformedException)
        {
            return null;
        }
    }

    private static async Task WatchAsync(Task<SubmissionResult> submitting, ILogger logger)
    {
        try
        {
            var result = await submitting;
            logger.QueuedDone(result.Id, result.Outcome);
        }
        catch (Exception fault) when (ProblemAnswers.Of(fault) is not null)
        {
            logger.QueuedFailed(fault.Message);
        }
    }
}

internal static partial class SubmissionLog
{
    [LoggerMessage(20, LogLevel.Debug, "Queued transaction {Id} is done: {Outcome}")]
    public static partial void QueuedDone(this ILogger logger, TransactionId? id, Outcome outcome);

    [LoggerMessage(21, LogLevel.Warning, "A queued transaction got no answer: {Reason}")]
    public static partial void QueuedFailed(this ILogger logger, string reason);
}
