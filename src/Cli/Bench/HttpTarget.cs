using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Cli.Client;
using Actors.Cli.Keysets;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Keysets;
using Actors.Ledger.Transactions;

namespace Actors.Cli.Bench;

/// <summary>A node over HTTP, one transaction a request, over as many connections as transactions are in flight.</summary>
internal class HttpTarget : IBenchTarget
{
    private static readonly TimeSpan PauseWhenFull = TimeSpan.FromMilliseconds(20);
    private readonly HttpClient _http;
    private readonly NodeClient _client;
    private readonly GatewayProcess? _own;
    private readonly bool _isBeside;

    /// <summary>Over a node that runs already, or over <paramref name="own"/>, which was started for the run and is stopped with it.</summary>
    /// <param name="node">Its address.</param>
    /// <param name="credential">A bearer token; null: none.</param>
    /// <param name="connectionsMax">Connections to it at most.</param>
    /// <param name="own">Null: the node was there before.</param>
    /// <param name="isBeside">Another target stops it.</param>
    public HttpTarget(Uri node, string? credential, int connectionsMax, GatewayProcess? own, bool isBeside = false)
    {
        _isBeside = isBeside;
        ConnectionsMax = connectionsMax;
        Node = node;
        Credential = credential;
        _own = own;
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connectionsMax }) { BaseAddress = new Uri(node.AbsoluteUri.TrimEnd('/') + "/") };
        _http.DefaultRequestHeaders.Authorization = credential is null ? null : new AuthenticationHeaderValue("Bearer", credential);
        _client = new NodeClient(_http, credential, null, new RetryPolicy(TimeSpan.FromMinutes(1)));
    }

    public virtual string Description => $"{(_own is null ? $"node at {Node}" : "gateway in a process of its own, SQLite (WAL, synchronous FULL)")}, one transaction a request";

    /// <summary>The gateway's is part of it only where it was started for the run.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.TotalProcessorTime + (_own?.ProcessorTime ?? TimeSpan.Zero);
        }
    }

    public long? PeakMemoryBytes => _own?.PeakMemoryBytes;

    protected Uri Node { get; }

    protected string? Credential { get; }

    protected int ConnectionsMax { get; }

    protected GatewayProcess? Own => _own;

    protected ChainId Chain { get; private set; }

    public async Task<Genesis> CreateChainAsync(ChainId id, KeysetDefinition operatorKeyset, CancellationToken cancellation)
    {
        await _client.CreateChainAsync(new JsonObject { ["id"] = id.Value, ["operator"] = KeysetJson.Of(operatorKeyset) }, cancellation);
        Chain = id;
        return await _client.GetGenesisAsync(id, cancellation);
    }

    public virtual IBenchTarget Beside() => new HttpTarget(Node, Credential, ConnectionsMax, Own, isBeside: true);

    public virtual Task OpenChainAsync(ChainId id, CancellationToken cancellation)
    {
        Chain = id;
        return Task.CompletedTask;
    }

    public virtual async ValueTask<Acknowledgement> SubmitAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation)
    {
        while (true)
        {
            using var content = new ReadOnlyMemoryContent(envelope) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
            using var response = await _http.PostAsync($"v1/chains/{Chain}/transactions", content, cancellation);
            if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout))
            {
                return Decode(await response.Content.ReadAsByteArrayAsync(cancellation));
            }

            await Task.Delay(PauseWhenFull, cancellation);
        }
    }

    public async Task<ulong> CountAccountsAsync(CancellationToken cancellation) => (await _client.GetChainAsync(Chain, cancellation)).Value.Accounts;

    public async Task<long?> MeasureBytesAsync(CancellationToken cancellation) =>
        _own is null ? null : DataFolder.Measure((await _client.BackupAsync(Chain, $"measured-{Guid.NewGuid():N}", cancellation)).Value.Folder);

    public async ValueTask<long> ReadPostedAsync(AccountNumber account, CancellationToken cancellation) =>
        (await _client.GetAccountAsync(new Address(Chain, account), cancellation)).Value.Posted;

    public virtual async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_own is not null && !_isBeside)
        {
            await _own.DisposeAsync();
        }
    }

    private static Acknowledgement Decode(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        var root = json.RootElement;
        if (!root.TryGetProperty("outcome", out var outcome))
        {
            throw new CannotRunException($"the node answered a transaction with {root.GetRawText()}");
        }

        int[]? refused = null;
        if (root.TryGetProperty("operations", out var operations) && operations.GetArrayLength() > 0)
        {
            refused = [.. operations.EnumerateArray().Where(operation => operation.GetProperty("outcome").GetUInt16() != 0).Select(operation => operation.GetProperty("operation").GetInt32())];
        }

        var detail = root.TryGetProperty("detail", out var text) ? text.GetString() : null;
        return new Acknowledgement((Outcome)outcome.GetUInt16(), refused is { Length: > 0 } ? refused : null, detail);
    }
}
