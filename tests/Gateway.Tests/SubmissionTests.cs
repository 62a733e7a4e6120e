using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Actors.Ledger;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Transactions;
using static Actors.Gateway.Tests.DemoChain;

namespace Actors.Gateway.Tests;

public sealed class SubmissionTests(DemoFixture fixture) : IClassFixture<DemoFixture>
{
    private DemoChain Demo => fixture.Demo;

    [Fact]
    public async Task A_payment_is_committed_and_found_by_its_id()
    {
        var bobHad = await Demo.PostedAsync(3);
        var (status, answer) = await Demo.SubmitAsync(Demo.Payment(100));

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal("Committed", (string)answer["outcomeName"]!);
        Assert.Equal(bobHad + 100, await Demo.PostedAsync(3));
        var found = await Demo.GetAsync($"/transactions/{answer["id"]}");
        Assert.Equal(HttpStatusCode.OK, found.Status);
        Assert.Equal(answer.ToJsonString(), found.Answer.ToJsonString());
    }

    [Fact]
    public async Task The_same_bytes_again_give_the_first_answer_and_the_same_receipt()
    {
        var envelope = Demo.Payment();
        var (_, first) = await Demo.SubmitAsync(envelope);
        var receipt = await Demo.Node.Client.GetByteArrayAsync($"{Demo.Path}/transactions/{first["id"]}/receipt");
        var alice = await Demo.PostedAsync(2);

        var (status, again) = await Demo.SubmitAsync(envelope);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True((bool)again["alreadyCommitted"]!);
        again["alreadyCommitted"] = false;
        Assert.Equal(first.ToJsonString(), again.ToJsonString());
        Assert.Equal(receipt, await Demo.Node.Client.GetByteArrayAsync($"{Demo.Path}/transactions/{first["id"]}/receipt"));
        Assert.Equal(alice, await Demo.PostedAsync(2));
    }

    [Fact]
    public async Task A_known_id_with_other_signatures_is_the_same_transaction()
    {
        var transaction = Demo.Make([Pay(1)]);
        var (_, first) = await Demo.SubmitAsync(Demo.Sign(transaction, Demo.Alice));
        var (status, again) = await Demo.SubmitAsync(Demo.Sign(transaction, Demo.Alice));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((string)first["height"]!, (string)again["height"]!);
    }

    [Fact]
    public async Task A_refusal_on_record_is_a_conflict_with_its_number_and_a_receipt()
    {
        var envelope = Demo.Payment(999_999_999);
        var (status, problem) = await Demo.SubmitAsync(envelope);

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("urn:actors:outcome:BelowFloor", (string)problem["type"]!);
        Assert.Equal((int)Outcome.BelowFloor, (int)problem["outcome"]!);
        Assert.Equal(0, (int)problem["operation"]!);
        Assert.True((bool)problem["recorded"]!);
        Assert.NotEmpty(await Demo.Node.Client.GetByteArrayAsync($"{Demo.Path}/transactions/{problem["id"]}/receipt"));

        var (againStatus, again) = await Demo.SubmitAsync(envelope);
        Assert.Equal(HttpStatusCode.Conflict, againStatus);
        Assert.True((bool)again["alreadyCommitted"]!);
        Assert.Equal((string)problem["height"]!, (string)again["height"]!);
    }

    [Fact]
    public async Task A_bulk_with_one_bad_item_commits_the_others()
    {
        var transaction = Demo.Make([Pay(1), Pay(999_999_999), Pay(2)], TransactionKind.Bulk);
        var (status, answer) = await Demo.SubmitAsync(Demo.Sign(transaction, Demo.Alice));

        Assert.Equal(HttpStatusCode.Created, status);
        var failed = Assert.Single(answer["operations"]!.AsArray())!;
        Assert.Equal(1, (int)failed["operation"]!);
        Assert.Equal("BelowFloor", (string)failed["outcomeName"]!);
    }

    [Fact]
    public async Task Of_an_atomic_transaction_whose_last_operation_fails_nothing_remains()
    {
        var newcomer = new Wallet();
        var before = (await Demo.GetAsync("")).Answer;
        var (status, problem) = await Demo.SubmitAsync(Demo.Envelope([new OpenKeyset(newcomer.Keyset), Pay(1), Pay(999_999_999)], newcomer, Demo.Alice));
        var after = (await Demo.GetAsync("")).Answer;

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal(2, (int)problem["operation"]!);
        Assert.Equal((string)before["keysets"]!, (string)after["keysets"]!);
    }

    [Fact]
    public async Task Who_prefers_not_to_wait_is_told_where_to_look()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Demo.Path}/transactions") { Content = Binary(Demo.Payment()) };
        request.Headers.Add("Prefer", "respond-async");
        var response = await Demo.Node.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("respond-async", response.Headers.GetValues("Preference-Applied").Single());
        var status = response.Headers.Location!.ToString();
        Assert.Equal(HttpStatusCode.OK, await WaitForAsync(status, HttpStatusCode.OK));
    }

    [Fact]
    public async Task Who_prefers_not_to_wait_is_told_at_once_what_is_known_at_once()
    {
        var (status, problem) = await Demo.SubmitAsync([1, 2, 3], prefer: "respond-async");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("urn:actors:outcome:Malformed", (string)problem["type"]!);
    }

    [Theory]
    [InlineData("wait=20")]
    [InlineData("respond-async, wait=\"20\"; foo=bar")]
    public async Task Who_prefers_to_wait_gets_the_answer_that_comes_in_time(string prefer)
    {
        var (status, answer) = await Demo.SubmitAsync(Demo.Payment(), prefer: prefer);
        Assert.True(status == HttpStatusCode.Created, answer.ToJsonString());
    }

    [Theory]
    [InlineData("respond-async", 0, "respond-async")]
    [InlineData("wait=0", 0, "wait=0")]
    [InlineData("WAIT=3", 3, "wait=3")]
    [InlineData("respond-async, wait=3", 3, "wait=3")]
    [InlineData("wait=31", 30, null)]
    [InlineData("wait=99999999999", null, null)]
    [InlineData("wait=-1, return=minimal", null, null)]
    [InlineData("wait", null, null)]
    public void A_preference_to_wait_is_bounded_and_what_is_none_is_passed_over(string prefer, int? seconds, string? applied)
    {
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext();
        context.Request.Headers["Prefer"] = prefer;
        var found = Transactions.WaitPreference.Of(context.Request, TimeSpan.FromSeconds(30));
        Assert.Equal(seconds, (int?)found?.Wait.TotalSeconds);
        Assert.Equal(applied, found?.Applied);
    }

    [Fact]
    public async Task A_transaction_in_json_is_the_one_that_encode_described()
    {
        var unsigned = $$"""{"expiry":"{{Expiry()}}","kind":"atomic","operations":[{"type":"transfer","debit":"2","credit":"{{new Address(ChainId.Parse("demo"), new AccountNumber(3))}}","amount":"5","reference":"c0ffee"}]""";
        var (_, encoded) = await Demo.PostAsync($"{Demo.Path}/encode", unsigned + "}");
        var signature = Demo.Alice.Sign(Convert.FromHexString((string)encoded["signedBytes"]!));

        var (status, answer) = await Demo.PostAsync($"{Demo.Path}/transactions", unsigned + $$""","signatures":[{"key":"{{Demo.Alice.Public}}","signature":"{{signature}}"}]}""");

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal((string)encoded["id"]!, (string)answer["id"]!);
        var envelope = (string)encoded["unsignedEnvelope"]! + "01" + "01" + Demo.Alice.Public + signature;
        Assert.Equal(HttpStatusCode.OK, (await Demo.SubmitAsync(Convert.FromHexString(envelope))).Status);
    }

    [Fact]
    public async Task A_signature_in_der_may_have_a_high_s()
    {
        // Of several signatures about half have a high s.
        for (var i = 0; i < 8; i++)
        {
            var unsigned = $$"""{"expiry":"{{Expiry()}}","kind":"atomic","operations":[{"type":"transfer","debit":"2","credit":"3","amount":"1"}]""";
            var (_, encoded) = await Demo.PostAsync($"{Demo.Path}/encode", unsigned + "}");
            var der = Demo.Alice.Private.SignData(Convert.FromHexString((string)encoded["signedBytes"]!), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            var (status, answer) = await Demo.PostAsync($"{Demo.Path}/transactions", unsigned + $$""","signatures":[{"key":"{{Demo.Alice.Public}}","signatureDer":"{{Convert.ToHexStringLower(der)}}"}]}""");
            Assert.True(status == HttpStatusCode.Created, answer.ToJsonString());
        }
    }

    [Fact]
    public async Task Posting_a_pending_says_how_it_was_settled()
    {
        var debit = AccountReference.Numbered(new AccountNumber(2));
        var credit = AccountReference.Numbered(new AccountNumber(3));
        var (_, pended) = await Demo.SubmitAsync(Demo.Envelope([new Pending(debit, credit, 100, new Timestamp(Expiry().Ms + 60_000))], Demo.Alice));
        var number = (string)pended["operations"]![0]!["created"]!;
        var open = (await Demo.GetAsync($"/pendings/{number}")).Answer;
        var (status, posted) = await Demo.SubmitAsync(Demo.Envelope([new Post(EntityReference.Numbered(ulong.Parse(number)), 60)], Demo.Bob));

        Assert.Equal("open", (string)open["state"]!);
        Assert.Equal("100", (string)open["amount"]!);
        Assert.Equal(HttpStatusCode.Created, status);
        var settlement = posted["operations"]![0]!["settlements"]![0]!;
        Assert.Equal(("60", "40"), ((string)settlement["posted"]!, (string)settlement["released"]!));
        Assert.Equal("posted", (string)(await Demo.GetAsync($"/pendings/{number}")).Answer["state"]!);
    }

    [Fact]
    public async Task The_receipt_of_one_operation_shows_that_one_only()
    {
        var (_, answer) = await Demo.SubmitAsync(Demo.Envelope([Pay(1), Pay(2)], Demo.Alice));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Demo.Path}/transactions/{answer["id"]}/receipt?operation=1");
        request.Headers.Add("Accept", "application/json");
        var rendering = JsonNode.Parse(await (await Demo.Node.Client.SendAsync(request)).Content.ReadAsStringAsync())!;
        var file = await Demo.Node.Client.GetByteArrayAsync($"{Demo.Path}/transactions/{answer["id"]}/receipt?operation=1");

        Assert.Equal("2", (string)Assert.Single(rendering["operations"]!.AsArray())!["amount"]!);
        Assert.Equal(2, (int)rendering["operationCount"]!);
        Assert.Equal(Convert.ToBase64String(file), (string)rendering["file"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await Demo.GetAsync($"/transactions/{answer["id"]}/receipt?operation=2")).Status);
    }

    [Fact]
    public async Task An_unknown_id_may_still_come_until_it_expires()
    {
        var coming = Demo.Make([Pay(1)]).Id;
        var past = Demo.Make([Pay(1)], expiry: new Timestamp(Demo.Genesis.Settings.Created.Ms)).Id;

        var (soon, first) = await Demo.GetAsync($"/transactions/{coming}");
        var (never, second) = await Demo.GetAsync($"/transactions/{past}");

        Assert.Equal((HttpStatusCode.NotFound, "urn:actors:problem:transaction-not-found"), (soon, (string)first["type"]!));
        Assert.Equal((HttpStatusCode.Gone, "urn:actors:outcome:Expired"), (never, (string)second["type"]!));
    }

    private async Task<HttpStatusCode> WaitForAsync(string path, HttpStatusCode wanted)
    {
        var deadline = DateTime.UtcNow.AddSeconds(10);
        HttpStatusCode found;
        do
        {
            found = (await Demo.Node.Client.GetAsync(path)).StatusCode;
        }
        while (found != wanted && DateTime.UtcNow < deadline);
        return found;
    }
}
