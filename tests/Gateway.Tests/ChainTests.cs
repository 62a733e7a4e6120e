using System.Net;
using System.Text.Json.Nodes;
using static Actors.Gateway.Tests.DemoChain;

namespace Actors.Gateway.Tests;

public sealed class ChainTests(DemoFixture fixture) : IClassFixture<DemoFixture>
{
    private static readonly Wallet Somebody = new();

    private static string Creation(string id, string more = "") =>
        $$"""{"id":"{{id}}","operator":{"threshold":1,"keys":[{"key":"{{Somebody.Public}}","weight":1}]}{{more}}}""";

    [Fact]
    public async Task Creating_a_chain_needs_the_admin_token()
    {
        var anonymous = await fixture.Node.Client.PostAsync("/v1/chains", Body(Creation("mine")));
        using var stranger = fixture.Node.CreateClient(new string('0', 64));
        var wrong = await stranger.PostAsync("/v1/chains", Body(Creation("mine")));

        Assert.Equal(HttpStatusCode.Forbidden, anonymous.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal("Bearer", wrong.Headers.WwwAuthenticate.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await fixture.Node.Client.GetAsync("/v1/chains/mine")).StatusCode);
    }

    [Fact]
    public async Task A_created_chain_says_what_its_genesis_says()
    {
        var created = await fixture.Node.Admin.PostAsync("/v1/chains", Body(Creation("small", ",\"leafRecords\":1,\"validityMs\":60000,\"openWithoutIssuerMax\":0")));
        var chain = JsonNode.Parse(await created.Content.ReadAsStringAsync())!;

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("/v1/chains/small", created.Headers.Location!.ToString());
        Assert.Equal(1, (int)chain["leafRecords"]!);
        Assert.Equal(60000, (int)chain["validityMs"]!);
        Assert.Equal(0, (int)chain["openWithoutIssuerMax"]!);
        Assert.Equal("0", (string)chain["height"]!);
        Assert.Equal((string)chain["genesisHash"]!, (string)chain["headerHash"]!);
        Assert.Equal("1", (string)chain["operator"]!);
        var genesis = await fixture.Node.Client.GetByteArrayAsync("/v1/chains/small/genesis");
        Assert.Equal((string)chain["genesisHash"]!, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(genesis)));
    }

    [Fact]
    public async Task A_taken_id_is_refused()
    {
        var again = await fixture.Node.Admin.PostAsync("/v1/chains", Body(Creation("demo")));
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("urn:actors:problem:chain-exists", await again.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("Not-A-Slug", "", "$.id")]
    [InlineData("fine", ",\"leafRecords\":3", "leaf records is 3")]
    [InlineData("fine", ",\"validityMs\":-1", "validity")]
    [InlineData("fine", ",\"openWithoutIssuerMax\":1000000001", "without the issuer")]
    [InlineData("fine", ",\"openWithoutIssuerMax\":-1", "without the issuer")]
    [InlineData("fine", ",\"blockBytesMax\":1", "block bytes is 1")]
    [InlineData("fine", ",\"leaves\":3", "'leaves'")]
    public async Task A_genesis_that_cannot_be_is_refused_and_leaves_nothing(string id, string more, string said)
    {
        var refused = await fixture.Node.Admin.PostAsync("/v1/chains", Body(Creation(id, more)));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(said, (string)JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["detail"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await fixture.Node.Client.GetAsync($"/v1/chains/{id}")).StatusCode);
    }

    [Fact]
    public async Task Chains_are_listed_in_pages()
    {
        await using var node = await GatewayNode.StartAsync();
        foreach (var id in new[] { "b", "a", "c" })
        {
            Assert.Equal(HttpStatusCode.Created, (await node.Admin.PostAsync("/v1/chains", Body(Creation(id)))).StatusCode);
        }

        Assert.Equal("""{"chains":["a","b"],"next":"b"}""", await node.Client.GetStringAsync("/v1/chains?limit=2"));
        Assert.Equal("""{"chains":["c"],"next":null}""", await node.Client.GetStringAsync("/v1/chains?limit=2&after=b"));
    }
}
