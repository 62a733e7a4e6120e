using System.Net;
using System.Text.Json.Nodes;
using Actors.Ledger;
using Actors.Ledger.Aliases;
using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using static Actors.Gateway.Tests.DemoChain;

namespace Actors.Gateway.Tests;

public sealed class ReadTests(DemoFixture fixture) : IClassFixture<DemoFixture>
{
    private DemoChain Demo => fixture.Demo;

    [Fact]
    public async Task An_account_is_found_by_number_address_and_alias()
    {
        await Demo.SubmitAsync(Demo.Envelope([new SetAlias(AccountReference.Numbered(new AccountNumber(2)), "savings")], Demo.Alice));
        var (_, account) = await Demo.GetAsync("/accounts/2");

        Assert.Equal(new Address(ChainId.Parse("demo"), new AccountNumber(2)).ToString(), (string)account["address"]!);
        Assert.Equal(("2", "1", "0"), ((string)account["owner"]!, (string)account["asset"]!, (string)account["floor"]!));
        Assert.Null(account["ceiling"]);
        Assert.Equal(account.ToJsonString(), (await Demo.GetAsync($"/accounts/{account["address"]}")).Answer.ToJsonString());
        Assert.Equal(account.ToJsonString(), (await Demo.GetAsync("/accounts/by-alias?keyset=2&alias=savings")).Answer.ToJsonString());
        Assert.Equal(account.ToJsonString(), (await Demo.GetAsync("/accounts/2?current=true")).Answer.ToJsonString());
    }

    [Fact]
    public async Task A_keyset_and_an_asset_are_as_they_were_made()
    {
        var (_, keyset) = await Demo.GetAsync("/keysets/2");
        var (_, asset) = await Demo.GetAsync("/assets/1");
        Assert.Equal(Demo.Alice.Public.ToString(), (string)Assert.Single(keyset["keys"]!.AsArray())!["key"]!);
        Assert.Equal(("EUR", 2, "1"), ((string)asset["code"]!, (int)asset["scale"]!, (string)asset["issuer"]!));
    }

    [Theory]
    [InlineData("0a0b")]
    [InlineData("0a00")]
    [InlineData("00")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData(null)]
    public async Task A_pending_has_the_reference_it_was_made_with(string? reference)
    {
        var timeout = new Timestamp((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 3_600_000);
        var pending = new Ledger.Pendings.Pending(AccountReference.Numbered(new AccountNumber(2)), AccountReference.Numbered(new AccountNumber(3)), 1, timeout, Reference: new Reference(Convert.FromHexString(reference ?? "")));
        var (_, answer) = await Demo.SubmitAsync(Demo.Envelope([pending], Demo.Alice));
        var number = (string)answer["operations"]![0]!["created"]!;

        Assert.Equal(reference, (string?)(await Demo.GetAsync($"/pendings/{number}")).Answer["reference"]);
    }

    [Fact]
    public async Task A_statement_is_read_in_pages_to_its_beginning()
    {
        await using var node = await GatewayNode.StartAsync();
        var demo = await CreateAsync(node);
        for (var amount = 1; amount <= 5; amount++)
        {
            await demo.SubmitAsync(demo.Payment(amount));
        }

        var changes = new List<string>();
        for (string? before = "999"; before is not null;)
        {
            var (_, page) = await demo.GetAsync($"/accounts/3/statement?limit=2&before={before}");
            changes.AddRange(page["entries"]!.AsArray().SelectMany(e => e!["lines"]!.AsArray()).Select(l => (string)l!["postedChange"]!));
            before = (string?)page["next"];
        }

        Assert.Equal(["5", "4", "3", "2", "1"], changes);
        var newest = (await demo.GetAsync("/accounts/3/statement?limit=1")).Answer["entries"]![0]!;
        Assert.Equal("transfer", (string)newest["lines"]![0]!["operation"]!["type"]!);
        var none = (await demo.GetAsync($"/accounts/3/statement?until={demo.Genesis.Settings.Created}")).Answer;
        Assert.Empty(none["entries"]!.AsArray());
    }

    [Fact]
    public async Task Proofs_statements_and_blocks_are_files()
    {
        await Demo.SubmitAsync(Demo.Payment());
        Assert.Equal("ActorsP1", await MagicAsync("/accounts/2/proof"));
        Assert.Equal("ActorsP1", await MagicAsync("/accounts/123456/proof"));
        Assert.Equal("ActorsL1", await MagicAsync("/accounts/2/statement", "application/octet-stream"));
        Assert.Equal("ActorsH1", await MagicAsync("/blocks/1"));
        Assert.Equal("ActorsG1", await MagicAsync("/genesis"));
        var header = await Demo.Node.Client.GetByteArrayAsync($"{Demo.Path}/headers/1");
        Assert.Equal(BlockHeader.Size + 64, header.Length);
    }

    [Fact]
    public async Task A_header_is_proven_to_be_in_the_history_of_a_later_one()
    {
        await Demo.SubmitAsync(Demo.Payment());
        await Demo.SubmitAsync(Demo.Payment());
        var (status, proof) = await Demo.GetAsync("/headers/1/history-proof?size=3");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotEmpty(proof["path"]!.AsArray());
        Assert.Equal(HttpStatusCode.NotFound, (await Demo.GetAsync("/headers/3/history-proof?size=3")).Status);
    }

    [Fact]
    public async Task A_backup_is_written_once_under_its_name()
    {
        var first = await Demo.Node.Admin.PostAsync($"{Demo.Path}/backup", Body("""{"name":"monday"}"""));
        var again = await Demo.Node.Admin.PostAsync($"{Demo.Path}/backup", Body("""{"name":"monday"}"""));
        var outside = await Demo.Node.Admin.PostAsync($"{Demo.Path}/backup", Body("""{"name":"../monday"}"""));

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        var folder = (string)JsonNode.Parse(await first.Content.ReadAsStringAsync())!["folder"]!;
        Assert.Equal(Path.Combine(Demo.Node.Folder, "backups", Demo.Id, "monday"), folder);
        Assert.NotEmpty(Directory.GetFileSystemEntries(folder));
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, outside.StatusCode);
    }

    [Fact]
    public async Task Two_chains_may_have_backups_of_the_same_name()
    {
        var other = await DemoChain.CreateAsync(Demo.Node, "other");
        foreach (var path in new[] { Demo.Path, other.Path })
        {
            Assert.Equal(HttpStatusCode.Created, (await Demo.Node.Admin.PostAsync($"{path}/backup", Body("""{"name":"both"}"""))).StatusCode);
        }
    }

    [Fact]
    public async Task A_prepared_sealing_key_can_be_named_by_the_operator()
    {
        var prepared = JsonNode.Parse(await (await Demo.Node.Admin.PostAsync($"{Demo.Path}/sealing-keys", null)).Content.ReadAsStringAsync())!;
        Assert.True(Ledger.Signing.PublicKey.TryParse((string)prepared["key"]!, out var key));
        var (status, _) = await Demo.SubmitAsync(Demo.Envelope([new Ledger.Chains.ChangeSealingKey(key)], Demo.Operator));
        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal((string)prepared["key"]!, (string)(await Demo.GetAsync("")).Answer["sealingKey"]!);
    }

    private async Task<string> MagicAsync(string path, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Demo.Path + path);
        if (accept is not null)
        {
            request.Headers.Add("Accept", accept);
        }

        var response = await Demo.Node.Client.SendAsync(request);
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.EndsWith(path.Split('/')[^1] switch { "genesis" => "genesis", "proof" => "proof", "statement" => "statement", _ => "block" }, response.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        return System.Text.Encoding.ASCII.GetString((await response.Content.ReadAsByteArrayAsync())[..8]);
    }
}
