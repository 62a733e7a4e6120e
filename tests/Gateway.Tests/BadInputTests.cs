using System.Net;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;
using static Actors.Gateway.Tests.DemoChain;

namespace Actors.Gateway.Tests;

/// <summary>What is wrong is refused by name, changes nothing, and the node goes on.</summary>
public sealed class BadInputTests(DemoFixture fixture) : IClassFixture<DemoFixture>
{
    private const string Transfer = """{"type":"transfer","debit":"2","credit":"3","amount":"1"}""";

    private DemoChain Demo => fixture.Demo;

    [Theory]
    [InlineData("not json", "")]
    [InlineData("", "")]
    [InlineData("null", "null")]
    [InlineData("[]", "")]
    [InlineData("{\"expiry\":\"1\"", "")]
    [InlineData("{}", "expiry")]
    public Task A_body_that_is_no_submission(string body, string said) => IsMalformed(body, said);

    [Fact]
    public Task An_unknown_member() => IsMalformed(Demo.Unsigned($"[{Transfer}]")[..^1] + ",\"memo\":1}", "'memo'");

    [Fact]
    public Task An_unknown_member_of_an_operation() => IsMalformed(Demo.Unsigned($"[{Transfer[..^1]},\"tip\":1}}]"), "'tip'");

    [Fact]
    public Task A_member_given_twice() => IsMalformed(Demo.Unsigned($"[{Transfer[..^1]},\"amount\":\"9\"}}]"), "amount");

    [Fact]
    public Task A_type_given_twice() => IsMalformed(Demo.Unsigned($"[{Transfer[..^1]},\"type\":\"void\"}}]"), "");

    [Fact]
    public Task A_member_in_other_letters() => IsMalformed(Demo.Unsigned($"[{Transfer[..^1]},\"Amount\":\"9\"}}]"), "'Amount'");

    [Fact]
    public Task A_deeply_nested_body() => IsMalformed(new string('[', 100_000), "");

    [Fact]
    public Task A_deeply_nested_member() => IsMalformed($$"""{"expiry":{{string.Concat(Enumerable.Repeat("{\"a\":", 5_000))}}1{{new string('}', 5_000)}}}""", "");

    [Theory]
    [InlineData("""{"type":"transfer","debit":"2","credit":"3","amount":1}""", "$.operations[0].amount")]
    [InlineData("""{"type":"transfer","debit":"2","credit":"3","amount":"01"}""", "'01'")]
    [InlineData("""{"type":"transfer","debit":"2","credit":"3","amount":"+1"}""", "'+1'")]
    [InlineData("""{"type":"transfer","debit":"2","credit":"3","amount":"1.0"}""", "'1.0'")]
    [InlineData("""{"type":"transfer","debit":"2","credit":"3","amount":"9223372036854775808"}""", "64 bits")]
    [InlineData("""{"type":"transfer","debit":"2","credit":"3","amount":"-1"}""", "operation 0: amount is -1")]
    [InlineData("""{"type":"transfer","debit":"0","credit":"3","amount":"1"}""", "'0'")]
    [InlineData("""{"type":"transfer","debit":"2","credit":"3"}""", "amount")]
    [InlineData("""{"type":"transfer","debit":null,"credit":"3","amount":"1"}""", "$.operations[0].debit")]
    [InlineData("""{"type":"transfer","debit":"2","credit":"3","amount":"1","reference":"0"}""", "hex")]
    [InlineData("""{"type":"transfer","debit":"2","credit":"3","amount":"1","reference":""}""", "reference has 0 bytes")]
    [InlineData("""{"type":"transfer","debit":"2","credit":"3","amount":"1","reference":"000102030405060708090a0b0c0d0e0f10"}""", "reference has 17 bytes")]
    [InlineData("""{"type":"transfer","debit":"@0","credit":"3","amount":"1"}""", "@0")]
    [InlineData("""{"type":"transfer","debit":"2","credit":"3","amount":"1","linked":true}""", "linked")]
    [InlineData("""{"type":"teleport","debit":"2"}""", "teleport")]
    [InlineData("""{"debit":"2","credit":"3","amount":"1"}""", "")]
    [InlineData("null", "operation 0")]
    [InlineData("""{"type":"open-keyset","threshold":2,"keys":[]}""", "0 keys")]
    [InlineData("""{"type":"open-keyset","threshold":1,"keys":[null]}""", "keys[0]")]
    [InlineData("""{"type":"open-keyset","threshold":1,"keys":[{"key":"00","weight":1}]}""", "128 hex digits")]
    [InlineData("""{"type":"open-keyset","threshold":1,"keys":[{"key":"00","weight":256}]}""", "keys[0]")]
    [InlineData("""{"type":"create-asset","issuer":"1","code":"eur","scale":2}""", "asset code")]
    [InlineData("""{"type":"create-asset","issuer":"1","code":"€","scale":2}""", "asset code")]
    [InlineData("""{"type":"create-asset","issuer":"1","code":"EUR","scale":10}""", "asset scale is 10")]
    [InlineData("""{"type":"create-asset","issuer":"1","code":null,"scale":1}""", "code")]
    [InlineData("""{"type":"open-accounts","owner":"1","asset":"1","count":"1000000001"}""", "account count")]
    [InlineData("""{"type":"set-floor","account":"2"}""", "floor")]
    [InlineData("""{"type":"set-floor","account":"2","floor":"-9223372036854775808"}""", "null")]
    public Task An_operation_that_cannot_be(string operation, string said) => IsMalformed(Demo.Unsigned($"[{operation}]"), said);

    [Theory]
    [InlineData("demo.3.00")]
    [InlineData("demo.3.5")]
    [InlineData("demo.03.51")]
    [InlineData("demo.3")]
    public async Task An_address_whose_check_digits_do_not_fit(string address)
    {
        await IsMalformed(Demo.Unsigned($$"""[{"type":"transfer","debit":"2","credit":"{{address}}","amount":"1"}]"""), "check digits");
        var (status, problem) = await Demo.GetAsync($"/accounts/{address}");
        Assert.Equal((HttpStatusCode.BadRequest, "urn:actors:problem:bad-parameter"), (status, (string)problem["type"]!));
    }

    [Fact]
    public async Task An_address_of_another_chain()
    {
        var elsewhere = new Address(ChainId.Parse("other"), new AccountNumber(3));
        await IsMalformed(Demo.Unsigned($$"""[{"type":"transfer","debit":"{{elsewhere}}","credit":"3","amount":"1"}]"""), "chain 'other'");
        Assert.Equal(HttpStatusCode.BadRequest, (await Demo.GetAsync($"/accounts/{elsewhere}")).Status);
    }

    [Theory]
    [InlineData("""{"signature":"00","key":"KEY"}""", "has 1 bytes")]
    [InlineData("""{"key":"KEY"}""", "must have one of")]
    [InlineData("""{"key":"KEY","signature":"00","signatureDer":"00"}""", "must have one of")]
    [InlineData("""{"key":"KEY","signatureDer":"3003020101"}""", "DER")]
    [InlineData("""{"key":"KEY","signatureDer":"3006020101020101ff"}""", "DER")]
    [InlineData("""{"key":"KEY","signatureDer":"3006020101020180"}""", "DER")]
    public Task A_signature_that_is_none(string signature, string said) => IsMalformed(
        $$"""{"expiry":"{{Expiry()}}","kind":"atomic","operations":[{{Transfer}}],"signatures":[{{signature.Replace("KEY", Demo.Alice.Public.ToString())}}]}""", said);

    [Fact]
    public async Task Json_over_its_bound()
    {
        var (status, problem) = await Demo.PostAsync($"{Demo.Path}/transactions", new string(' ', (4 << 20) + 1));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "urn:actors:outcome:TooLarge"), (status, (string)problem["type"]!));
    }

    [Fact]
    public async Task An_envelope_over_its_bound()
    {
        var (status, problem) = await Demo.SubmitAsync(new byte[(1 << 20) + 1]);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "urn:actors:outcome:TooLarge"), (status, (string)problem["type"]!));
    }

    [Fact]
    public async Task A_truncated_envelope_at_every_length()
    {
        var whole = Demo.Payment();
        for (var length = 0; length < whole.Length; length++)
        {
            var (status, problem) = await Demo.SubmitAsync(whole[..length]);
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Equal("urn:actors:outcome:Malformed", (string)problem["type"]!);
        }
    }

    [Fact]
    public async Task An_envelope_with_a_byte_too_many() => Assert.Equal(HttpStatusCode.BadRequest, (await Demo.SubmitAsync([.. Demo.Payment(), 0])).Status);

    [Fact]
    public Task An_unknown_envelope_version() => IsRefused(Changed(Demo.Payment(), 0, 9), HttpStatusCode.BadRequest, Outcome.UnsupportedVersion);

    [Fact]
    public Task Another_chain() => IsRefused(Changed(Demo.Payment(), 1, 0xEE), HttpStatusCode.Conflict, Outcome.WrongChain);

    [Fact]
    public Task An_expiry_that_has_passed() => IsRefused(
        Demo.Sign(Demo.Make([Pay(1)], expiry: new Timestamp(Demo.Genesis.Settings.Created.Ms)), Demo.Alice), HttpStatusCode.Gone, Outcome.Expired);

    [Fact]
    public Task An_expiry_too_far_ahead() => IsRefused(
        Demo.Sign(Demo.Make([Pay(1)], expiry: new Timestamp(Expiry().Ms + 600_000)), Demo.Alice), HttpStatusCode.UnprocessableEntity, Outcome.ExpiryTooFar);

    [Fact]
    public Task A_bad_signature() => IsRefused(Changed(Demo.Payment(), ^1, 0x55), HttpStatusCode.UnprocessableEntity, Outcome.BadSignature);

    [Fact]
    public Task No_signature() => IsRefused(Demo.Sign(Demo.Make([Pay(1)])), HttpStatusCode.UnprocessableEntity, Outcome.MissingSignature);

    [Fact]
    public Task A_signature_by_somebody_else() => IsRefused(Demo.Envelope([Pay(1)], Demo.Bob), HttpStatusCode.UnprocessableEntity, Outcome.MissingSignature);

    [Fact]
    public Task A_signature_too_many() => IsRefused(Demo.Envelope([Pay(1)], Demo.Alice, Demo.Bob), HttpStatusCode.UnprocessableEntity, Outcome.SurplusSignature);

    [Fact]
    public Task A_key_that_signs_twice() => IsRefused(Demo.Envelope([Pay(1)], Demo.Alice, Demo.Alice), HttpStatusCode.BadRequest, Outcome.DuplicateSigner);

    [Fact]
    public Task An_unknown_scheme() => IsRefused(Changed(Demo.Payment(), ^129, 7), HttpStatusCode.BadRequest, Outcome.UnsupportedScheme);

    [Fact]
    public async Task A_high_s()
    {
        // The other s of a good signature: n - s.
        var transaction = Demo.Make([Pay(1)]);
        var low = Demo.Alice.Sign(transaction.SignedMessage.Span);
        var order = System.Numerics.BigInteger.Parse("0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", System.Globalization.NumberStyles.HexNumber);
        var high = order - new System.Numerics.BigInteger(low.AsSpan()[32..], isUnsigned: true, isBigEndian: true);
        var bytes = low.AsSpan().ToArray();
        high.ToByteArray(isUnsigned: true, isBigEndian: true).CopyTo(bytes, 32);
        await IsRefused(Envelope.Encode(Demo.Genesis.Hash, transaction, [new Signer(Demo.Alice.Public, new Signature(bytes))]), HttpStatusCode.UnprocessableEntity, Outcome.BadSignature);
    }

    [Fact]
    public Task A_sealing_key_that_the_node_does_not_hold() => IsRefused(
        Demo.Envelope([new ChangeSealingKey(new Wallet().Public)], Demo.Operator), HttpStatusCode.UnprocessableEntity, Outcome.SealingKeyUnknown);

    [Fact]
    public async Task What_the_rules_refuse_is_on_record()
    {
        await IsOnRecord(new Transfer(Account(2), Account(99), 1), Outcome.CreditAccountNotFound, Demo.Alice);
        await IsOnRecord(new Transfer(Account(2), Account(2), 1), Outcome.SameAccount, Demo.Alice);
        await IsOnRecord(new Transfer(Account(2), Account(3), 0), Outcome.ZeroAmount, Demo.Alice);
        await IsOnRecord(new Transfer(Account(1), Account(2), long.MaxValue), Outcome.AmountOverflow, Demo.Operator);
    }

    [Theory]
    [InlineData("/transactions/xyz")]
    [InlineData("/accounts/0")]
    [InlineData("/accounts/@0")]
    [InlineData("/accounts/18446744073709551616")]
    [InlineData("/accounts/2?current=maybe")]
    [InlineData("/accounts/by-alias?keyset=x&alias=a")]
    [InlineData("/accounts/2/statement?limit=0")]
    [InlineData("/accounts/2/statement?limit=201")]
    [InlineData("/accounts/2/statement?from=yesterday")]
    [InlineData("/keysets/-1")]
    [InlineData("/keysets/4294967296")]
    [InlineData("/blocks/01")]
    [InlineData("/headers/1/history-proof?size=")]
    [InlineData("/events?after=999999")]
    public async Task A_parameter_that_is_not_of_its_form(string path)
    {
        var (status, problem) = await Demo.GetAsync(path);
        Assert.Equal((HttpStatusCode.BadRequest, "urn:actors:problem:bad-parameter"), (status, (string)problem["type"]!));
    }

    [Theory]
    [InlineData("/v1/chains/nowhere", "chain-not-found")]
    [InlineData("/v1/chains/No%20Slug", "chain-not-found")]
    [InlineData("/v1/chains/demo/accounts/99", "account-not-found")]
    [InlineData("/v1/chains/demo/accounts/by-alias?keyset=2&alias=nobody", "alias-not-found")]
    [InlineData("/v1/chains/demo/keysets/99", "keyset-not-found")]
    [InlineData("/v1/chains/demo/assets/99", "asset-not-found")]
    [InlineData("/v1/chains/demo/pendings/99", "pending-not-found")]
    [InlineData("/v1/chains/demo/blocks/0", "block-not-found")]
    [InlineData("/v1/chains/demo/blocks/99999", "block-not-found")]
    [InlineData("/v1/chains/demo/headers/99999", "block-not-found")]
    [InlineData("/v1/chains/demo/nothing", "route-not-found")]
    public async Task What_is_not_there(string path, string problem)
    {
        var response = await Demo.Node.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains($"urn:actors:problem:{problem}", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Another_content_type_or_method()
    {
        var (status, problem) = await Demo.PostAsync($"{Demo.Path}/transactions", "<transfer/>", "application/xml");
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "urn:actors:problem:unsupported-media-type"), (status, (string)problem["type"]!));
        var deleted = await Demo.Node.Client.DeleteAsync(Demo.Path);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, deleted.StatusCode);
        Assert.Contains("urn:actors:problem:method-not-allowed", await deleted.Content.ReadAsStringAsync());
    }

    private static AccountReference Account(ulong number) => AccountReference.Numbered(new AccountNumber(number));

    private static byte[] Changed(byte[] envelope, Index at, byte value)
    {
        envelope[at] ^= value;
        return envelope;
    }

    private async Task IsMalformed(string json, string said)
    {
        var before = await HeightAsync();
        var (status, problem) = await Demo.PostAsync($"{Demo.Path}/transactions", json);
        Assert.Equal((HttpStatusCode.BadRequest, "urn:actors:outcome:Malformed"), (status, (string)problem["type"]!));
        Assert.Contains(said, (string)problem["detail"]!);
        Assert.DoesNotContain("Actors.", (string)problem["detail"]!);
        Assert.Equal(before, await HeightAsync());
    }

    private async Task IsRefused(byte[] envelope, HttpStatusCode status, Outcome outcome)
    {
        var before = await HeightAsync();
        var (found, problem) = await Demo.SubmitAsync(envelope);
        Assert.Equal((status, $"urn:actors:outcome:{outcome}"), (found, (string)problem["type"]!));
        Assert.Equal((int)outcome, (int)problem["outcome"]!);
        Assert.False((bool)problem["recorded"]!);
        Assert.Equal(before, await HeightAsync());
    }

    private async Task IsOnRecord(IOperation operation, Outcome outcome, Wallet signer)
    {
        var (status, problem) = await Demo.SubmitAsync(Demo.Envelope([operation], signer));
        Assert.Equal((HttpStatusCode.Conflict, $"urn:actors:outcome:{outcome}", true), (status, (string)problem["type"]!, (bool)problem["recorded"]!));
    }

    private async Task<string> HeightAsync() => (string)(await Demo.GetAsync("")).Answer["height"]!;
}
