using Actors.Engine.Faults;
using Actors.Engine.Intake;
using Actors.Engine.Telemetry;

namespace Actors.Engine.Chains;

/// <summary>Bounds what is in flight on one chain: transactions and their bytes, from admission to answer.</summary>
internal sealed class Admission
{
    private readonly int _countMax;
    private readonly long _bytesMax;
    private readonly Action<Submission> _released;
    private int _count;
    private long _bytes;
    private volatile Exception? _closed;

    public Admission(int countMax, long bytesMax)
    {
        _countMax = countMax;
        _bytesMax = bytesMax;
        _released = Release;
    }

    public int Count => Volatile.Read(ref _count);

    /// <exception cref="OverloadedException">There is no room; nothing was taken in.</exception>
    public Submission Admit(ReadOnlyMemory<byte> envelope, long monotonicMs, bool signaturesAreChecked = false)
    {
        if (_closed is { } closed)
        {
            throw closed;
        }

        var count = Interlocked.Increment(ref _count);
        var bytes = Interlocked.Add(ref _bytes, envelope.Length);
        if (count > _countMax || bytes > _bytesMax)
        {
            Give(envelope.Length);
            EngineMetrics.Overloaded();
            throw new OverloadedException($"{count} transactions with {bytes} bytes are in flight, at most {_countMax} and {_bytesMax} are taken in");
        }

        EngineMetrics.Admitted();
        return new Submission(envelope, monotonicMs, _released) { SignaturesAreChecked = signaturesAreChecked };
    }

    /// <summary>From now on every admission is refused with this.</summary>
    public void Close(Exception fault) => _closed = fault;

    private void Release(Submission submission)
    {
        EngineMetrics.Released();
        Give(submission.Bytes.Length);
    }

    private void Give(int bytes)
    {
        Interlocked.Decrement(ref _count);
        Interlocked.Add(ref _bytes, -bytes);
    }
}
