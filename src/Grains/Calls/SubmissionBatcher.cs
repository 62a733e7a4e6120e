using Actors.Engine.Faults;
using Actors.Engine.Views;
using Actors.Grains.Submissions;
using Actors.Ledger;
using Actors.Ledger.Transactions;

namespace Actors.Grains.Calls;

/// <summary>
/// Gathers the submissions of one process to one chain into batches. Nobody waits for a batch to fill: a lone submission goes at once, and what comes while
/// <see cref="BatchesInFlightMax"/> are under way goes together when one of them is answered.
/// </summary>
internal sealed class SubmissionBatcher(Func<EnvelopeBatch, Task<SubmissionAnswer[]>> send)
{
    private const int BatchesInFlightMax = 16;
    private const int WaitingMax = 32_768;
    private const long WaitingBytesMax = 64L << 20;
    private readonly Lock _lock = new();
    private readonly Queue<Waiting> _waiting = new();
    private long _waitingBytes;
    private int _inFlight;

    /// <exception cref="EngineFaultException">Too much is waiting; or what became of it is told by the fault.</exception>
    public Task<SubmissionResult> SubmitAsync(ReadOnlyMemory<byte> envelope)
    {
        if (envelope.Length > Limits.EnvelopeBytesMax)
        {
            return Task.FromResult(new SubmissionResult(Outcome.TooLarge) { Detail = $"envelope has {envelope.Length} bytes, at most {Limits.EnvelopeBytesMax} are allowed" });
        }

        var waiting = new Waiting(envelope);
        lock (_lock)
        {
            if (_waiting.Count >= WaitingMax || _waitingBytes + envelope.Length > WaitingBytesMax)
            {
                throw new OverloadedException($"{_waiting.Count} transactions with {_waitingBytes} bytes wait to be sent to their chain, at most {WaitingMax} and {WaitingBytesMax} are taken in");
            }

            _waiting.Enqueue(waiting);
            _waitingBytes += envelope.Length;
        }

        SendWaiting();
        return waiting.Answer.Task;
    }

    private void SendWaiting()
    {
        while (TakeBatch() is { } batch)
        {
            _ = SendAsync(batch);
        }
    }

    /// <summary>Null while enough batches are under way, or nothing waits.</summary>
    private List<Waiting>? TakeBatch()
    {
        lock (_lock)
        {
            if (_inFlight >= BatchesInFlightMax || _waiting.Count == 0)
            {
                return null;
            }

            _inFlight++;
            var batch = new List<Waiting>();
            for (var bytes = 0; batch.Count < EnvelopeBatch.CountMax && _waiting.TryPeek(out var next);)
            {
                bytes += EnvelopeBatch.SizeOf(next.Envelope.Length);
                if (bytes > EnvelopeBatch.BytesMax)
                {
                    break;
                }

                batch.Add(_waiting.Dequeue());
                _waitingBytes -= next.Envelope.Length;
            }

            return batch;
        }
    }

    private async Task SendAsync(List<Waiting> batch)
    {
        try
        {
            var answers = await send(EnvelopeBatch.Of([.. batch.Select(waiting => waiting.Envelope)])).ConfigureAwait(false);
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Complete(answers[i]);
            }
        }
        catch (Exception fault) when (CallFaults.OfSubmission(fault) is { } told)
        {
            batch.ForEach(waiting => waiting.Answer.TrySetException(told));
        }
        finally
        {
            lock (_lock)
            {
                _inFlight--;
            }

            SendWaiting();
        }
    }

    private sealed record Waiting(ReadOnlyMemory<byte> Envelope)
    {
        public TaskCompletionSource<SubmissionResult> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Complete(SubmissionAnswer answer)
        {
            try
            {
                Answer.TrySetResult(SubmissionWire.Result(answer));
            }
            catch (EngineFaultException fault)
            {
                Answer.TrySetException(fault);
            }
        }
    }
}
