using System.Collections.Concurrent;
using Actors.Engine.Chains;
using Actors.Engine.Telemetry;

namespace Actors.Engine.Intake;

/// <summary>
/// Verifies submissions of all chains of a node on all cores, in the order they came, in small batches. At rest it uses no
/// thread.
/// </summary>
internal sealed class VerifyPool(int workersMax, int keysMax) : IThreadPoolWorkItem
{
    private const int BatchMax = 16;
    private readonly ConcurrentQueue<(Submission Submission, IVerifiedSink Sink)> _queue = new();
    private readonly SubmissionVerifier _verifier = new(new KeyCache(keysMax));
    private int _workers;

    public void Enqueue(Submission submission, IVerifiedSink sink)
    {
        _queue.Enqueue((submission, sink));
        EngineMetrics.QueuedForVerification();
        TryStartWorker();
    }

    void IThreadPoolWorkItem.Execute()
    {
        IVerifiedSink? last = null;
        for (var done = 0; done < BatchMax && _queue.TryDequeue(out var next); done++)
        {
            EngineMetrics.TakenForVerification();
            _verifier.Verify(next.Submission, next.Sink.GenesisHash, next.Sink.Hints);
            if (last is not null && last != next.Sink)
            {
                last.Wake();
            }

            last = next.Sink;
        }

        last?.Wake();
        Interlocked.Decrement(ref _workers);
        if (!_queue.IsEmpty)
        {
            TryStartWorker();
        }
    }

    private void TryStartWorker()
    {
        var workers = Volatile.Read(ref _workers);
        while (workers < workersMax)
        {
            var seen = Interlocked.CompareExchange(ref _workers, workers + 1, workers);
            if (seen == workers)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }

            workers = seen;
        }
    }
}
