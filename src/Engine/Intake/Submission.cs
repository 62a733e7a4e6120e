using Actors.Engine.Telemetry;
using Actors.Engine.Views;
using Actors.Ledger.Blocks;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Intake;

/// <summary>A transaction on its way through a chain: received, verified, executed, and answered once.</summary>
internal sealed class Submission(ReadOnlyMemory<byte> bytes, long admittedAtMs, Action<Submission>? released = null)
{
    private readonly TaskCompletionSource<SubmissionResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _verified;

    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>Monotonic time of admission, for the cut.</summary>
    public long AdmittedAtMs => admittedAtMs;

    public Task<SubmissionResult> Answer => _answer.Task;

    /// <summary>Somebody whom this process trusts found every signature good; only decoding is left to do.</summary>
    public bool SignaturesAreChecked { get; init; }

    /// <summary>Set with <see cref="IsVerified"/>; null when the bytes were malformed.</summary>
    public Transaction? Transaction { get; private set; }

    public Signer[] Signers { get; private set; } = [];

    /// <summary>Seals of peers' headers that were checked with the signatures; null when none were.</summary>
    public CheckedSeals? Seals { get; private set; }

    /// <summary>What is wrong whatever the state says: malformed, or a bad signature. Null when the signatures are good.</summary>
    public SubmissionResult? Refusal { get; private set; }

    /// <summary>Which keys signed is known (or that the bytes are refused).</summary>
    public bool IsVerified => _verified;

    /// <summary>Set when executed and recorded, or found recorded.</summary>
    public ExecutionResult Execution { get; set; }

    public void Verified(Transaction transaction, Signer[] signers, SubmissionResult? refusal, CheckedSeals? seals = null)
    {
        Seals = seals;
        Transaction = transaction;
        Signers = signers;
        Refusal = refusal;
        _verified = true;
    }

    public void Refused(SubmissionResult refusal)
    {
        Refusal = refusal;
        _verified = true;
    }

    public void Complete(SubmissionResult result)
    {
        if (_answer.TrySetResult(result))
        {
            EngineMetrics.Answered(result);
            released?.Invoke(this);
        }
    }

    public void Fail(Exception fault)
    {
        if (_answer.TrySetException(fault))
        {
            EngineMetrics.Failed();
            released?.Invoke(this);
        }
    }
}
