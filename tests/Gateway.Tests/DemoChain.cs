using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Assets;
using Actors.Ledger.Chains;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;

namespace Actors.Gateway.Tests;

/// <summary>
/// A chain with euros: keyset 1 the operator, who issues them from account 1 (no floor); keyset 2 Alice with account 2; keyset 3 Bob with account 3.
/// Alice starts with 1,000,000.
/// </summary>
internal sealed class DemoChain
{
    private static ulong _made;

    private DemoChain(GatewayNode node, string id, Genesis genesis, Wallet @operator)
    {
        Node = node;
        Id = id;
        Genesis = genesis;
        Operator = @operator;
    }

    public GatewayNode Node { get; }

    public string Id { get; }

    public string Path => $"/v1/chains/{Id}";

    public Genesis Genesis { get; }

    public Wallet Operator { get; }

    public Wallet Alice { get; } = new();

    public Wallet Bob { get; } = new();

    public static async Task<DemoChain> CreateAsync(GatewayNode node, string id = "demo", string settings = "")
    {
        var @operator = new Wallet();
        var created = await node.Admin.PostAsync("/v1/chains", Body($$"""{"id":"{{id}}","operator":{"threshold":1,"keys":[{"key":"{{@operator.Public}}","weight":1}]}{{settings}}}"""));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var genesis = Genesis.Parse(await node.Admin.GetByteArrayAsync($"/v1/chains/{id}/genesis"));
        var demo = new DemoChain(node, id, genesis, @operator);
        IOperation[] opening =
        [
            new OpenKeyset(demo.Alice.Keyset),
            new OpenKeyset(demo.Bob.Keyset),
            new CreateAsset(EntityReference.Numbered(1), 2, "EUR"),
            new OpenAccounts(EntityReference.Numbered(1), EntityReference.Created(2), 1, AccountLimits.NoFloor),
            new OpenAccounts(EntityReference.Created(0), EntityReference.Created(2), 1),
            new OpenAccounts(EntityReference.Created(1), EntityReference.Created(2), 1),
            new Transfer(AccountReference.Created(3), AccountReference.Created(4), 1_000_000),
        ];
        var (status, answer) = await demo.SubmitAsync(demo.Envelope(opening, demo.Operator, demo.Alice, demo.Bob));
        Assert.True(status == HttpStatusCode.Created, answer.ToJsonString());
        return demo;
    }

    public static StringContent Body(string json) => new(json, new MediaTypeHeaderValue("application/json"));

    /// <summary>A minute ahead; no two are the same.</summary>
    public static Timestamp Expiry() => new((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 60_000 + (Interlocked.Increment(ref _made) % 10_000));

    public Transaction Make(IReadOnlyList<IOperation> operations, TransactionKind kind = TransactionKind.Atomic, Timestamp? expiry = null) =>
        Transaction.Create(Genesis.Hash, expiry ?? Expiry(), kind, operations.Count, OperationCodec.Encode(operations));

    public byte[] Sign(Transaction transaction, params Wallet[] signers) =>
        Ledger.Transactions.Envelope.Encode(Genesis.Hash, transaction, [.. signers.Select(s => new Signer(s.Public, s.Sign(transaction.SignedMessage.Span)))]);

    public byte[] Envelope(IReadOnlyList<IOperation> operations, params Wallet[] signers) => Sign(Make(operations), signers);

    /// <summary>Alice pays Bob.</summary>
    public byte[] Payment(long amount = 1) => Envelope([Pay(amount)], Alice);

    public static Transfer Pay(long amount) => new(AccountReference.Numbered(new AccountNumber(2)), AccountReference.Numbered(new AccountNumber(3)), amount);

    /// <summary>The JSON of a submission whose signatures nobody made: for what is refused before they are looked at.</summary>
    public string Unsigned(string operations) => $$"""{"expiry":"{{Expiry()}}","kind":"atomic","operations":{{operations}},"signatures":[{"key":"{{Alice.Public}}","signature":"{{new string('0', 128)}}"}]}""";

    public async Task<(HttpStatusCode Status, JsonNode Answer)> SubmitAsync(byte[] envelope, string? prefer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Path}/transactions") { Content = Binary(envelope) };
        if (prefer is not null)
        {
            request.Headers.Add("Prefer", prefer);
        }

        var response = await Node.Admin.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    public async Task<(HttpStatusCode Status, JsonNode Answer)> PostAsync(string path, string json, string type = "application/json")
    {
        var response = await Node.Client.PostAsync(path, new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue(type)));
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    public async Task<(HttpStatusCode Status, JsonNode Answer)> GetAsync(string path, HttpClient? client = null)
    {
        var response = await (client ?? Node.Client).GetAsync(Path + path);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    public async Task<long> PostedAsync(int account) => long.Parse((string)(await GetAsync($"/accounts/{account}", Node.Admin)).Answer["posted"]!);

    public static ByteArrayContent Binary(byte[] bytes) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
}
