using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Cli.Client;
using Actors.Cli.Keysets;
using Actors.Cli.Relays;
using Actors.Engine.Relays;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Keysets;
using Actors.Ledger.Transactions;

namespace Actors.Cli.Bench.Channels;

/// <summary>A gateway in a process of its own.</summary>
internal sealed class HttpPairNode : IPairNode, IDisposable
{
    /// <summary>How often a chain is asked where its channel stands: what that costs is part of the run.</summary>
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(10);
    private readonly HttpClient _http;
    private readonly NodeClient _client;
    private readonly RelayNode _relayed;

    public HttpPairNode(GatewayProcess gateway)
    {
        _http = new HttpClient { BaseAddress = gateway.Address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", gateway.AdminToken);
        _client = new NodeClient(_http, gateway.AdminToken, null, new RetryPolicy(TimeSpan.FromMinutes(1)));
        _relayed = new RelayNode(gateway.Address, gateway.AdminToken);
    }

    public async Task<IPairChain> CreateAsync(ChainId id, KeysetDefinition operatorKeyset, CancellationToken cancellation)
    {
        await _client.CreateChainAsync(new JsonObject { ["id"] = id.Value, ["operator"] = KeysetJson.Of(operatorKeyset) }, cancellation);
        var genesis = await _client.GetGenesisAsync(id, cancellation);
        return new HttpPairChain(_http, new HttpRelayEnd(_relayed, genesis));
    }

    public void Dispose()
    {
        _http.Dispose();
        _relayed.Dispose();
    }

    private sealed class HttpPairChain(HttpClient http, HttpRelayEnd end) : IPairChain
    {
        public Genesis Genesis => end.Genesis;

        public async Task CommitAsync(ReadOnlyMemory<byte> envelope, string what, CancellationToken cancellation)
        {
            using var content = new ReadOnlyMemoryContent(envelope) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
            using var response = await http.PostAsync($"v1/chains/{Genesis.ChainId}/transactions", content, cancellation);
            using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation));
            if (!response.IsSuccessStatusCode || !json.RootElement.TryGetProperty("operations", out var operations))
            {
                throw new CannotRunException($"{what}: the node answered {json.RootElement.GetRawText()}");
            }

            foreach (var operation in operations.EnumerateArray())
            {
                if ((Outcome)operation.GetProperty("outcome").GetUInt16() is var outcome && outcome != Outcome.Committed)
                {
                    throw new RefusedException(outcome, $"operation {operation.GetProperty("operation").GetInt32()} of {what}");
                }
            }
        }

        public async Task<RelayPosition> PositionAsync(CancellationToken cancellation) =>
            await end.GetRelayPositionAsync(1, cancellation) ?? throw new CannotRunException($"chain {Genesis.ChainId} has no channel");

        public async Task<RelayPosition> PositionAsync(Func<RelayPosition, bool> wanted, CancellationToken cancellation)
        {
            while (true)
            {
                if (await PositionAsync(cancellation) is var position && wanted(position))
                {
                    return position;
                }

                await Task.Delay(AskEvery, cancellation);
            }
        }
    }
}
