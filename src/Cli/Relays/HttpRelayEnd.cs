using Actors.Cli.Client;
using Actors.Engine.Relays;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Channels;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Hashing;

namespace Actors.Cli.Relays;

/// <summary>A chain of another process as a relay's end, over the public HTTP API. What the node says is believed in nothing but where to go on.</summary>
internal sealed class HttpRelayEnd(RelayNode node, Genesis genesis) : IWaitingRelayEnd
{
    public Genesis Genesis => genesis;

    private ChainId Id => genesis.ChainId;

    public async ValueTask<SubmissionResult> SubmitAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation)
    {
        try
        {
            var answer = (await node.CallAsync(client => client.SubmitAsync(Id, envelope, cancellation), cancellation)).Value;
            return new SubmissionResult(answer.Outcome) { Operation = answer.Operation, Detail = answer.Detail };
        }
        catch (RefusedException refused)
        {
            return new SubmissionResult(refused.Outcome) { Detail = refused.Message };
        }
    }

    public async ValueTask<RelayPosition?> GetRelayPositionAsync(uint channel, CancellationToken cancellation) => await node.CallAsync(
        async client => await client.FindRelayPositionAsync(Id, channel, cancellation) is { } answer ? PositionOf(answer) : null,
        cancellation);

    public ValueTask<RelayBatch?> ExportAsync(uint channel, RelayCursor cursor, CancellationToken cancellation) => AwaitExportAsync(channel, cursor, TimeSpan.Zero, cancellation);

    public async ValueTask<RelayBatch?> AwaitExportAsync(uint channel, RelayCursor cursor, TimeSpan waitMax, CancellationToken cancellation) => await node.CallAsync(
        async client => await client.GetRelayBatchAsync(Id, channel, cursor, waitMax, cancellation) is { } bytes ? RelayBatch.Decode(bytes) : null,
        cancellation);

    public async ValueTask<RelayBatch?> ExportPositionAsync(uint channel, RelayCursor cursor, CancellationToken cancellation) => await node.CallAsync(
        async client => await client.GetRelayHeaderAsync(Id, channel, cursor, cancellation) is { } bytes ? RelayBatch.Decode(bytes) : null,
        cancellation);

    public ValueTask<TimedOutPackets?> GetTimedOutAsync(uint channel, CancellationToken cancellation) => AwaitTimedOutAsync(channel, TimeSpan.Zero, cancellation);

    public async ValueTask<TimedOutPackets?> AwaitTimedOutAsync(uint channel, TimeSpan waitMax, CancellationToken cancellation) => await node.CallAsync(
        async client => await client.FindTimedOutAsync(Id, channel, waitMax, cancellation) is { } answer ? TimedOutOf(answer) : null,
        cancellation);

    /// <summary>Nobody outside a node can have it seal a block of nothing; the relay shows it a newer header instead.</summary>
    public ValueTask<bool> SealAsync(Timestamp time, CancellationToken cancellation) => ValueTask.FromResult(false);

    public static RelayPosition PositionOf(RelayPositionAnswer answer) => new(
        answer.Peer,
        answer.PeerName,
        Hash256.Parse(answer.PeerGenesis),
        answer.PeerChannel,
        Enum.TryParse<ChannelState>(answer.State, ignoreCase: true, out var state) ? state : throw new FormatException($"'{answer.State}' is no state of a channel"),
        answer.Paused,
        answer.PeerFrozen,
        answer.Sent,
        answer.Settled,
        new RelayCursor(answer.Held, answer.SealedSince, answer.Received, answer.Consumed, answer.Confirmed));

    private static TimedOutPackets TimedOutOf(TimedOutAnswer answer)
    {
        var ranges = new List<SequenceRange>();
        var (next, count) = (1UL, 0L);
        foreach (var range in answer.Ranges)
        {
            count += range.Count;
            if (range.First < next || range.First > Limits.SequenceMax || range.Count < 1 || count > Limits.PacketsPerOperationMax)
            {
                throw new FormatException($"{range.Count} packets from {range.First} on are no range after packet {next - 1}");
            }

            ranges.Add(new SequenceRange(range.First, range.Count));
            next = range.First + (ulong)range.Count;
        }

        return ranges.Count > 0 && answer.Latest <= Limits.TimeMsMax ? new TimedOutPackets(ranges, new Timestamp(answer.Latest)) : throw new FormatException("no packets have timed out at no time");
    }
}
