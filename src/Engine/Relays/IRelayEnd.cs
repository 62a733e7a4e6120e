using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Chains;

namespace Actors.Engine.Relays;

/// <summary>A chain as a relay needs it: what it has for the other side of a channel, and the way in for what the other side has.</summary>
public interface IRelayEnd
{
    Genesis Genesis { get; }

    /// <inheritdoc cref="ILedgerChain.SubmitAsync"/>
    ValueTask<SubmissionResult> SubmitAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation);

    /// <summary>Where a channel stands, as a relay that brings it something needs to know; null when there is no such channel.</summary>
    ValueTask<RelayPosition?> GetRelayPositionAsync(uint channel, CancellationToken cancellation);

    /// <summary>
    /// What this chain has for the channel's other side beyond <paramref name="cursor"/>, with the proofs, as of the newest block; null when
    /// there is nothing. Bounded: the rest comes with the cursor after it.
    /// </summary>
    ValueTask<RelayBatch?> ExportAsync(uint channel, RelayCursor cursor, CancellationToken cancellation);

    /// <summary>
    /// Packets of a channel that have timed out by this node's clock and are neither acknowledged nor refunded, at most so many as one
    /// operation takes; null when there are none.
    /// </summary>
    ValueTask<TimedOutPackets?> GetTimedOutAsync(uint channel, CancellationToken cancellation);

    /// <summary>
    /// The newest header of the channel's chain with the proof of where the channel stands, for a chain that holds one at
    /// <paramref name="cursor"/>: what a timeout rests on. Null when that is a newer one than this side has.
    /// </summary>
    ValueTask<RelayBatch?> ExportPositionAsync(uint channel, RelayCursor cursor, CancellationToken cancellation);

    /// <summary>
    /// Sees to it that there is a block stamped at or after <paramref name="time"/>: seals an empty one if the newest is older and the clock
    /// has come that far. False when it has not. Durable on return.
    /// </summary>
    ValueTask<bool> SealAsync(Timestamp time, CancellationToken cancellation);
}
