using Actors.Engine.Relays;
using Actors.Engine.Views;
using Actors.Ledger.Chains;

namespace Actors.Engine;

/// <summary>
/// A chain that this process runs on behalf of one holder. Disposing it drains it: what was admitted is committed and answered,
/// then the store is let go, and whoever opens the chain next takes its fence.
/// </summary>
public interface IHostedChain : ILedgerChain, IWaitingRelayEnd, IAsyncDisposable
{
    new Genesis Genesis { get; }

    /// <inheritdoc cref="ILedgerChain.SubmitAsync"/>
    new ValueTask<SubmissionResult> SubmitAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation);

    /// <summary>Completes, with the reason, when the chain is served no more: its fence was lost, an invariant broke, or it was disposed.</summary>
    Task<Exception> WhenStopped { get; }

    /// <summary>
    /// Somebody's calendar says that this chain has something due: expires what is due, has the relays of unsettled channels woken, and puts into the store when
    /// the chain is to be woken next.
    /// </summary>
    /// <exception cref="Faults.EngineFaultException">The chain is stopped, or the store takes no writes.</exception>
    ValueTask WakeAsync(CancellationToken cancellation);

    /// <summary>
    /// As <see cref="ILedgerChain.SubmitAsync"/> for an envelope whose signatures an <see cref="Intake.EnvelopeCheck"/> of somebody whom this process
    /// trusts has found good for this chain. MUST NOT be reachable for anybody else: with it a signature can be forged.
    /// </summary>
    ValueTask<SubmissionResult> SubmitCheckedAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation);
}
