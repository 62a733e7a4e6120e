using System.Net;
using Actors.Engine.Relays;
using Actors.Ledger;

namespace Actors.Cli.Client;

/// <summary>What a relay reads of a chain's channels.</summary>
public sealed partial class NodeClient
{
    /// <summary>Null when there is no such channel.</summary>
    public async Task<RelayPositionAnswer?> FindRelayPositionAsync(ChainId chain, uint channel, CancellationToken cancellation)
    {
        try
        {
            return (await GetAsync<RelayPositionAnswer>(RelayPath(chain, channel, "position"), cancellation)).Value;
        }
        catch (NodeProblemException problem) when (problem.Type == "channel-not-found")
        {
            return null;
        }
    }

    /// <summary>The bytes of a batch (docs/wire-format.md section 10); null when there is nothing to carry, having waited so long at most.</summary>
    public Task<byte[]?> GetRelayBatchAsync(ChainId chain, uint channel, in RelayCursor cursor, TimeSpan waitMax, CancellationToken cancellation) => FindBytesAsync(
        FormattableString.Invariant($"{RelayPath(chain, channel, "batch")}?{Known(cursor)}&received={cursor.Received}&consumed={cursor.Consumed}&confirmed={(cursor.IsConfirmed ? "true" : "false")}&wait={Seconds(waitMax)}"),
        cancellation);

    /// <summary>The bytes of a batch with nothing but header and position; null when no newer header is there.</summary>
    public Task<byte[]?> GetRelayHeaderAsync(ChainId chain, uint channel, in RelayCursor cursor, CancellationToken cancellation) =>
        FindBytesAsync($"{RelayPath(chain, channel, "header")}?{Known(cursor)}", cancellation);

    /// <summary>Null when no packet has timed out, having waited so long at most.</summary>
    public async Task<TimedOutAnswer?> FindTimedOutAsync(ChainId chain, uint channel, TimeSpan waitMax, CancellationToken cancellation) => await retries.RunAsync(
        async stop =>
        {
            var response = await SendAsync(HttpMethod.Get, FormattableString.Invariant($"{RelayPath(chain, channel, "timed-out")}?wait={Seconds(waitMax)}"), null, JsonType, false, stop);
            return response.StatusCode == HttpStatusCode.NoContent ? null : (await NodeAnswerReader.ReadAsync<TimedOutAnswer>(response, stop)).Value;
        },
        cancellation);

    private Task<byte[]?> FindBytesAsync(string path, CancellationToken cancellation) => retries.RunAsync(
        async stop =>
        {
            var response = await SendAsync(HttpMethod.Get, path, null, Binary, false, stop);
            return response.StatusCode == HttpStatusCode.NoContent ? null : await NodeAnswerReader.ReadBytesAsync(response, stop);
        },
        cancellation);

    private static string RelayPath(ChainId chain, uint channel, string what) => FormattableString.Invariant($"v1/chains/{chain}/channels/{channel}/relay/{what}");

    private static string Known(in RelayCursor cursor) => FormattableString.Invariant($"held={cursor.Held}&sealedSince={cursor.SealedSince}");

    private static long Seconds(TimeSpan wait) => (long)wait.TotalSeconds;
}
