using System.Net;
using System.Security.Cryptography;
using System.Text;
using Actors.Gateway.Access;
using Actors.Ledger.Operations;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Gateway.Tests;

/// <summary>Who may do what, once keys are configured.</summary>
public sealed class AccessTests(AccessTests.Keys keys) : IClassFixture<AccessTests.Keys>
{
    public sealed class Keys : IAsyncLifetime
    {
        internal GatewayNode Node { get; private set; } = null!;

        internal DemoChain Demo { get; private set; } = null!;

        /// <summary>The receipt of Alice's payment to Bob, beside a note that only Alice signed.</summary>
        internal string Payment { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Node = await GatewayNode.StartAsync(
            [
                .. Key(0, "auditor", "read-all"),
                .. Key(1, "till", "submit"),
                .. Key(2, "alice", "read-own"), "--Actors:Access:ApiKeys:2:Keysets:demo:0", "2", "--Actors:Access:ApiKeys:2:Keysets:single:0", "2",
                .. Key(3, "bob", "read-own"), "--Actors:Access:ApiKeys:3:Keysets:demo:0", "3",
                .. Key(4, "eve", "read-own"), "--Actors:Access:ApiKeys:4:Keysets:other:0", "2",
                .. Key(5, "mallory", "read-own"), "--Actors:Access:ApiKeys:5:Keysets:demo:0", "77",
                .. Key(6, "root", "admin"),
            ]);
            Demo = await DemoChain.CreateAsync(Node);
            await DemoChain.CreateAsync(Node, "single", ",\"leafRecords\":1");
            var (_, answer) = await Demo.SubmitAsync(Demo.Envelope([DemoChain.Pay(5), new Ledger.Notes.Note(EntityReference.Numbered(2), default, default)], Demo.Alice));
            Payment = (string)answer["id"]!;
        }

        public async Task DisposeAsync() => await Node.DisposeAsync();

        private static string[] Key(int index, string name, string scope) =>
        [
            $"--Actors:Access:ApiKeys:{index}:Name", name,
            $"--Actors:Access:ApiKeys:{index}:Sha256", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"key-of-{name}"))),
            $"--Actors:Access:ApiKeys:{index}:Scopes:0", scope,
        ];
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("key-of-nobody", 401)]
    [InlineData("key-of-auditor", 200)]
    [InlineData("key-of-alice", 200)]
    [InlineData("key-of-till", 403)]
    [InlineData("key-of-bob", 403)]
    [InlineData("key-of-eve", 403)]
    [InlineData("key-of-root", 403)]
    [InlineData("ADMIN", 200)]
    public Task An_account_is_for_its_owner_and_for_readers_of_all(string? key, int status) => Answers(key, "/accounts/2", status);

    [Theory]
    [InlineData("key-of-alice", "", 200)]
    [InlineData("key-of-alice", "/genesis", 200)]
    [InlineData("key-of-alice", "/accounts/3", 403)]
    [InlineData("key-of-alice", "/accounts/99", 403)]
    [InlineData("key-of-alice", "/accounts/2/statement", 200)]
    [InlineData("key-of-alice", "/accounts/3/statement", 403)]
    [InlineData("key-of-alice", "/accounts/by-alias?keyset=3&alias=x", 403)]
    [InlineData("key-of-alice", "/accounts/by-alias?keyset=2&alias=x", 404)]
    [InlineData("key-of-alice", "/keysets/2", 200)]
    [InlineData("key-of-alice", "/keysets/3", 403)]
    [InlineData("key-of-alice", "/assets/1", 200)]
    [InlineData("key-of-alice", "/pendings/1", 403)]
    [InlineData("key-of-alice", "/blocks/1", 403)]
    [InlineData("key-of-alice", "/headers/1", 200)]
    [InlineData("key-of-alice", "/headers/1/history-proof?size=2", 200)]
    [InlineData("key-of-alice", "/accounts/2/proof", 403)]
    [InlineData("key-of-alice", "/accounts/99/proof", 403)]
    [InlineData("key-of-eve", "", 403)]
    [InlineData("key-of-eve", "/genesis", 403)]
    [InlineData("key-of-eve", "/events", 403)]
    [InlineData("key-of-eve", "/assets/1", 403)]
    [InlineData("key-of-till", "", 200)]
    [InlineData("key-of-till", "/events", 403)]
    [InlineData("key-of-till", "/headers/1", 403)]
    [InlineData("key-of-auditor", "/accounts/2/proof", 200)]
    [InlineData("key-of-auditor", "/blocks/1", 200)]
    [InlineData("key-of-root", "/blocks/1", 403)]
    public Task A_route_is_for_its_scope(string key, string path, int status) => Answers(key, path, status);

    [Theory]
    [InlineData("key-of-alice", "", 200)]
    [InlineData("key-of-alice", "/receipt", 200)]
    [InlineData("key-of-bob", "", 200)]
    [InlineData("key-of-bob", "/receipt", 403)]
    [InlineData("key-of-bob", "/receipt?operation=0", 200)]
    [InlineData("key-of-bob", "/receipt?operation=1", 403)]
    [InlineData("key-of-mallory", "", 403)]
    [InlineData("key-of-mallory", "/receipt?operation=0", 403)]
    [InlineData("key-of-till", "", 403)]
    public Task A_transaction_is_for_those_it_concerns(string key, string path, int status) => Answers(key, $"/transactions/{keys.Payment}{path}", status);

    [Fact]
    public async Task A_proof_that_shows_nobody_else_is_for_the_owner()
    {
        using var alice = keys.Node.CreateClient("key-of-alice");
        Assert.Equal(HttpStatusCode.OK, (await alice.GetAsync("/v1/chains/single/accounts/2/proof")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await alice.GetAsync("/v1/chains/single/accounts/3/proof")).StatusCode);
    }

    [Fact]
    public async Task A_statement_file_shows_others_and_is_for_readers_of_all()
    {
        foreach (var (key, status) in new[] { ("key-of-alice", HttpStatusCode.Forbidden), ("key-of-auditor", HttpStatusCode.OK) })
        {
            using var client = keys.Node.CreateClient(key);
            client.DefaultRequestHeaders.Add("Accept", "application/octet-stream");
            Assert.Equal(status, (await client.GetAsync($"{keys.Demo.Path}/accounts/2/statement")).StatusCode);
        }
    }

    [Theory]
    [InlineData("key-of-till", 201)]
    [InlineData("key-of-auditor", 403)]
    [InlineData("key-of-alice", 403)]
    [InlineData(null, 401)]
    public async Task Submitting_takes_the_scope_submit(string? key, int status)
    {
        using var client = keys.Node.CreateClient(key);
        Assert.Equal(status, (int)(await client.PostAsync($"{keys.Demo.Path}/transactions", DemoChain.Binary(keys.Demo.Payment()))).StatusCode);
        var stream = new ByteArrayContent([]) { Headers = { ContentType = new("application/x-ndjson") } };
        Assert.Equal(status == 201 ? 200 : status, (int)(await client.PostAsync($"{keys.Demo.Path}/transactions/stream", stream)).StatusCode);
    }

    [Theory]
    [InlineData("key-of-root", "/v1/chains/demo/sealing-keys", 201)]
    [InlineData("key-of-auditor", "/v1/chains/demo/sealing-keys", 403)]
    [InlineData("key-of-till", "/v1/chains/demo/backup", 403)]
    [InlineData("key-of-auditor", "/v1/chains", 403)]
    [InlineData(null, "/v1/chains", 401)]
    public async Task Operating_takes_the_scope_admin(string? key, string path, int status)
    {
        using var client = keys.Node.CreateClient(key);
        Assert.Equal(status, (int)(await client.PostAsync(path, null)).StatusCode);
    }

    [Fact]
    public async Task A_reader_of_its_own_sees_its_chains_only()
    {
        using var eve = keys.Node.CreateClient("key-of-eve");
        using var alice = keys.Node.CreateClient("key-of-alice");
        Assert.Equal("""{"chains":["other"],"next":null}""", await eve.GetStringAsync("/v1/chains"));
        Assert.Equal("""{"chains":["demo","single"],"next":null}""", await alice.GetStringAsync("/v1/chains"));
    }

    [Fact]
    public async Task Health_and_description_need_no_credentials()
    {
        foreach (var path in new[] { "/health/live", "/health/startup", "/health/ready", "/openapi/v1.json" })
        {
            Assert.Equal(HttpStatusCode.OK, (await keys.Node.Client.GetAsync(path)).StatusCode);
        }
    }

    [Fact]
    public void Every_route_says_what_it_needs()
    {
        var routes = keys.Node.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.RoutePattern.RawText!.StartsWith("/v1", StringComparison.Ordinal)).ToList();
        Assert.True(routes.Count > 20);
        Assert.All(routes, route => Assert.NotNull(route.Metadata.GetMetadata<NeedMetadata>()));
    }

    private async Task Answers(string? key, string path, int status)
    {
        using var client = keys.Node.CreateClient(key == "ADMIN" ? keys.Node.AdminToken : key);
        var response = await client.GetAsync(keys.Demo.Path + path, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(status, (int)response.StatusCode);
    }
}
