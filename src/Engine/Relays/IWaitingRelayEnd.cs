namespace Actors.Engine.Relays;

/// <summary>A relay end that says when there is something, so that a relay in another process waits in one open call and never polls.</summary>
public interface IWaitingRelayEnd : IRelayEnd
{
    /// <summary>
    /// As <see cref="IRelayEnd.ExportAsync"/>; while there is nothing, waits for a commit that moves the channel, at most
    /// <paramref name="waitMax"/>. Null when there is nothing by then.
    /// </summary>
    ValueTask<RelayBatch?> AwaitExportAsync(uint channel, RelayCursor cursor, TimeSpan waitMax, CancellationToken cancellation);

    /// <summary>As <see cref="IRelayEnd.GetTimedOutAsync"/>; while there are none, waits until some have, at most <paramref name="waitMax"/>.</summary>
    ValueTask<TimedOutPackets?> AwaitTimedOutAsync(uint channel, TimeSpan waitMax, CancellationToken cancellation);
}
