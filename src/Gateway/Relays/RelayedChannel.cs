using Actors.Engine.Relays;
using Actors.Gateway.Chains;
using Actors.Gateway.Json;
using Actors.Gateway.Problems;
using Actors.Ledger;

namespace Actors.Gateway.Relays;

/// <summary>The channel that a relay's request is about, which is there.</summary>
internal sealed record RelayedChannel(IRelayEnd End, uint Number, RelayPosition Position)
{
    /// <exception cref="RefusedException">The number is none, or there is no such channel.</exception>
    public static async ValueTask<RelayedChannel> FindAsync(ChainRequest request, string text)
    {
        var number = (uint)Parameters.ParseCount(text, 0, 1, Limits.ChannelsMax, "channel");
        var end = request.Chain as IRelayEnd ?? throw new RefusedException(ProblemKind.RouteNotFound, "this node carries its chains' channels itself and has nothing for a relay");
        return await end.GetRelayPositionAsync(number, request.Cancellation) is { } position
            ? new RelayedChannel(end, number, position)
            : throw new RefusedException(ProblemKind.ChannelNotFound, $"chain '{request.Id}' has no channel {number}");
    }

    public ValueTask<RelayBatch?> AwaitExportAsync(in RelayCursor cursor, TimeSpan waitMax, CancellationToken cancellation) => End is IWaitingRelayEnd waiting
        ? waiting.AwaitExportAsync(Number, cursor, waitMax, cancellation)
        : End.ExportAsync(Number, cursor, cancellation);

    public ValueTask<TimedOutPackets?> AwaitTimedOutAsync(TimeSpan waitMax, CancellationToken cancellation) => End is IWaitingRelayEnd waiting
        ? waiting.AwaitTimedOutAsync(Number, waitMax, cancellation)
        : End.GetTimedOutAsync(Number, cancellation);
}
