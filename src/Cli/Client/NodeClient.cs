using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Actors.Ledger;
using Actors.Ledger.Chains;

namespace Actors.Cli.Client;

/// <summary>
/// A node over HTTP (docs/http-api.md). Everything but creating things by name is retried as <paramref name="retries"/> says.
/// The <paramref name="token"/> is sent where admin rights are needed, and elsewhere when there is no <paramref name="apiKey"/>.
/// </summary>
public sealed partial class NodeClient(HttpClient http, string? token, string? apiKey, RetryPolicy retries)
{
    private const string Binary = "application/octet-stream";
    private const string JsonType = "application/json";

    public async Task<IReadOnlyList<string>> ListChainsAsync(CancellationToken cancellation)
    {
        var all = new List<string>();
        for (string? after = null; ;)
        {
            var page = (await GetAsync<ChainList>("v1/chains?limit=1000" + (after is null ? "" : "&after=" + after), cancellation)).Value;
            all.AddRange(page.Chains);
            after = page.Next;
            if (after is null)
            {
                return all;
            }
        }
    }

    public Task<Answered<ChainAnswer>> CreateChainAsync(JsonObject request, CancellationToken cancellation) => PostAsync<ChainAnswer>("v1/chains", request, cancellation);

    public Task<Answered<ChainAnswer>> GetChainAsync(ChainId chain, CancellationToken cancellation) => GetAsync<ChainAnswer>($"v1/chains/{chain}", cancellation);

    public async Task<Genesis> GetGenesisAsync(ChainId chain, CancellationToken cancellation) => Genesis.Parse(await GetBytesAsync($"v1/chains/{chain}/genesis", cancellation));

    public Task<Answered<AccountAnswer>> GetAccountAsync(Address account, CancellationToken cancellation) => GetAsync<AccountAnswer>($"{PathOf(account)}", cancellation);

    public Task<byte[]> GetAccountProofAsync(Address account, CancellationToken cancellation) => GetBytesAsync($"{PathOf(account)}/proof", cancellation);

    public Task<Answered<StatementAnswer>> GetStatementAsync(Address account, string query, CancellationToken cancellation) => GetAsync<StatementAnswer>($"{PathOf(account)}/statement?{query}", cancellation);

    public Task<byte[]> GetStatementFileAsync(Address account, string query, CancellationToken cancellation) => GetBytesAsync($"{PathOf(account)}/statement?{query}", cancellation);

    public Task<Answered<KeysetAnswer>> GetKeysetAsync(ChainId chain, uint number, CancellationToken cancellation) => GetAsync<KeysetAnswer>($"v1/chains/{chain}/keysets/{number}", cancellation);

    public Task<Answered<AssetAnswer>> GetAssetAsync(ChainId chain, uint number, CancellationToken cancellation) => GetAsync<AssetAnswer>($"v1/chains/{chain}/assets/{number}", cancellation);

    public Task<Answered<PendingAnswer>> GetPendingAsync(ChainId chain, ulong number, CancellationToken cancellation) => GetAsync<PendingAnswer>($"v1/chains/{chain}/pendings/{number}", cancellation);

    public Task<Answered<PeerList>> ListPeersAsync(ChainId chain, uint after, CancellationToken cancellation) => GetAsync<PeerList>($"v1/chains/{chain}/peers?limit=1000&after={after}", cancellation);

    public Task<Answered<PeerAnswer>> GetPeerAsync(ChainId chain, uint number, CancellationToken cancellation) => GetAsync<PeerAnswer>($"v1/chains/{chain}/peers/{number}", cancellation);

    public Task<Answered<ChannelList>> ListChannelsAsync(ChainId chain, uint after, CancellationToken cancellation) => GetAsync<ChannelList>($"v1/chains/{chain}/channels?limit=1000&after={after}", cancellation);

    public Task<Answered<ChannelAnswer>> GetChannelAsync(ChainId chain, uint number, CancellationToken cancellation) => GetAsync<ChannelAnswer>($"v1/chains/{chain}/channels/{number}", cancellation);

    public Task<Answered<RouteList>> ListRoutesAsync(ChainId chain, uint channel, uint after, CancellationToken cancellation) =>
        GetAsync<RouteList>($"v1/chains/{chain}/channels/{channel}/routes?limit=1000&after={after}", cancellation);

    public Task<Answered<PacketList>> ListPacketsAsync(ChainId chain, uint channel, string query, CancellationToken cancellation) =>
        GetAsync<PacketList>($"v1/chains/{chain}/channels/{channel}/packets?{query}", cancellation);

    /// <summary>The open channels to a peer with a route for an asset: at least one.</summary>
    public Task<Answered<RoutesToPeer>> FindRoutesAsync(ChainId chain, ChainId peer, uint asset, CancellationToken cancellation) => GetAsync<RoutesToPeer>($"v1/chains/{chain}/routes?peer={peer}&asset={asset}", cancellation);

    /// <summary>
    /// How far what a transaction sent has come, a page from an operation on: as soon as all of it is settled, or after so many seconds. Blocks below
    /// <paramref name="fromHeight"/> are not looked at for what settled it.
    /// </summary>
    public Task<Answered<DeliveryList>> FollowDeliveryAsync(ChainId chain, string id, int waitSeconds, int fromOperation, ulong fromHeight, CancellationToken cancellation) => retries.RunAsync(
        async stop => await NodeAnswerReader.ReadAsync<DeliveryList>(
            await SendAsync(HttpMethod.Get, $"v1/chains/{chain}/transactions/{id}/delivery?operation={fromOperation}&from={fromHeight}", null, JsonType, false, stop, $"wait={waitSeconds.ToString(CultureInfo.InvariantCulture)}"), stop),
        cancellation);

    public Task<Answered<ReceivedAnswer>> GetReceivedAsync(ChainId chain, uint channel, ulong sequence, CancellationToken cancellation) =>
        GetAsync<ReceivedAnswer>($"v1/chains/{chain}/channels/{channel}/received/{sequence}", cancellation);

    /// <summary>The packet file of value that was received.</summary>
    public Task<byte[]> GetReceivedProofAsync(ChainId chain, uint channel, ulong sequence, CancellationToken cancellation) => GetBytesAsync($"v1/chains/{chain}/channels/{channel}/received/{sequence}/proof", cancellation);

    /// <summary>The packet file of value that was refunded in a block.</summary>
    public Task<byte[]> GetRefundProofAsync(ChainId chain, uint channel, ulong sequence, ulong height, CancellationToken cancellation) =>
        GetBytesAsync($"v1/chains/{chain}/channels/{channel}/refunded/{sequence}/proof?height={height}", cancellation);

    public Task<byte[]> GetBlockAsync(ChainId chain, ulong height, CancellationToken cancellation) => GetBytesAsync($"v1/chains/{chain}/blocks/{height}", cancellation);

    public Task<byte[]> GetReceiptAsync(ChainId chain, string id, int? operation, CancellationToken cancellation) =>
        GetBytesAsync($"v1/chains/{chain}/transactions/{id}/receipt" + (operation is { } index ? "?operation=" + index.ToString(CultureInfo.InvariantCulture) : ""), cancellation);

    public Task<Answered<TransactionAnswer>> FindTransactionAsync(ChainId chain, string id, CancellationToken cancellation) =>
        retries.RunAsync(async stop => await NodeAnswerReader.ReadTransactionAsync(await SendAsync(HttpMethod.Get, $"v1/chains/{chain}/transactions/{id}", null, JsonType, false, stop), stop), cancellation);

    /// <summary>
    /// Submits an envelope and answers once it is durable, refused on record, or already was either. Sends the same bytes again while the
    /// failure is a passing one.
    /// </summary>
    /// <exception cref="RefusedException">Refused, and nothing is recorded.</exception>
    public Task<Answered<TransactionAnswer>> SubmitAsync(ChainId chain, ReadOnlyMemory<byte> envelope, CancellationToken cancellation) => retries.RunAsync(async stop =>
    {
        var content = new ReadOnlyMemoryContent(envelope) { Headers = { ContentType = new MediaTypeHeaderValue(Binary) } };
        return await NodeAnswerReader.ReadTransactionAsync(await SendAsync(HttpMethod.Post, $"v1/chains/{chain}/transactions", content, JsonType, false, stop), stop);
    }, cancellation);

    public Task<Answered<SealingKeyAnswer>> PrepareSealingKeyAsync(ChainId chain, CancellationToken cancellation) => PostAsync<SealingKeyAnswer>($"v1/chains/{chain}/sealing-keys", null, cancellation);

    public Task<Answered<BackupAnswer>> BackupAsync(ChainId chain, string name, CancellationToken cancellation) => PostAsync<BackupAnswer>($"v1/chains/{chain}/backup", new JsonObject { ["name"] = name }, cancellation);

    private static string PathOf(Address account) => $"v1/chains/{account.Chain}/accounts/{account}";

    private Task<Answered<T>> GetAsync<T>(string path, CancellationToken cancellation) =>
        retries.RunAsync(async stop => await NodeAnswerReader.ReadAsync<T>(await SendAsync(HttpMethod.Get, path, null, JsonType, false, stop), stop), cancellation);

    private Task<byte[]> GetBytesAsync(string path, CancellationToken cancellation) =>
        retries.RunAsync(async stop => await NodeAnswerReader.ReadBytesAsync(await SendAsync(HttpMethod.Get, path, null, Binary, false, stop), stop), cancellation);

    private async Task<Answered<T>> PostAsync<T>(string path, JsonObject? body, CancellationToken cancellation) =>
        await NodeAnswerReader.ReadAsync<T>(await SendAsync(HttpMethod.Post, path, body is null ? null : JsonContent.Create(body), JsonType, true, cancellation), cancellation);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, string accept, bool asAdmin, CancellationToken cancellation, string? prefer = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        if (prefer is not null)
        {
            request.Headers.Add("Prefer", prefer);
        }

        if ((asAdmin ? token ?? apiKey : apiKey ?? token) is { } credential)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        }

        return await http.SendAsync(request, cancellation);
    }
}
