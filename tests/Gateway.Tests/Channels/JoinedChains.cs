using System.Net;
using System.Text.Json.Nodes;

namespace Actors.Gateway.Tests.Channels;

/// <summary>
/// Two chains of one node with a channel that was opened by operations in JSON alone, and a route for the first one's euros. Account 2 of each is Alice's;
/// <see cref="Holder"/> is Bob's account on the second chain for the voucher.
/// </summary>
internal sealed class JoinedChains
{
    public const string VoucherCode = "NORTH.EUR";

    private JoinedChains(DemoChain north, DemoChain south) => (North, South) = (north, south);

    public DemoChain North { get; }

    public DemoChain South { get; }

    /// <summary>Escrow on the first chain, issuer of the voucher on the second.</summary>
    public string Escrow { get; private set; } = "";

    public string Issuer { get; private set; } = "";

    public string Holder { get; private set; } = "";

    public static async Task<JoinedChains> CreateAsync(GatewayNode node, string suffix)
    {
        var joined = new JoinedChains(await DemoChain.CreateAsync(node, $"north{suffix}"), await DemoChain.CreateAsync(node, $"south{suffix}"));
        await joined.OpenAsync(peerChannel: 1);
        await CommitAsync(joined.North, """{"type":"open-route","channel":"1","asset":"1"}""", joined.North.Operator);
        await CommitAsync(joined.South, $$$"""{"type":"open-route","channel":"1","voucher":{"peerAsset":1,"scale":2,"code":"{{{VoucherCode}}}"}}""", joined.South.Operator);
        joined.Holder = Created(await CommitAsync(joined.South, """{"type":"open-accounts","owner":"3","asset":"2"}""", joined.South.Bob), 0);
        joined.Escrow = await joined.ThroughAsync(joined.North);
        joined.Issuer = await joined.ThroughAsync(joined.South);
        return joined;
    }

    /// <summary>Opens a channel from the first chain to the second, and waits until both sides know.</summary>
    public async Task OpenAsync(int peerChannel)
    {
        await CommitAsync(North, Opening(South, peerChannel, answers: null), North.Operator);
        await CommitAsync(South, Opening(North, peerChannel, answers: peerChannel), South.Operator);
        foreach (var chain in new[] { North, South })
        {
            await UntilAsync(async () => (string)(await chain.GetAsync($"/channels/{peerChannel}")).Answer["state"]! == "open");
        }
    }

    /// <summary>Has the gateway encode the operations, signs what it answers, and submits the same JSON with the signatures.</summary>
    public static async Task<JsonNode> CommitAsync(DemoChain chain, string operations, params Wallet[] signers)
    {
        var (status, answer) = await SubmitAsync(chain, operations, signers);
        Assert.True(status == HttpStatusCode.Created, answer.ToJsonString());
        return answer;
    }

    public static async Task<(HttpStatusCode Status, JsonNode Answer)> SubmitAsync(DemoChain chain, string operations, params Wallet[] signers)
    {
        var unsigned = $$"""{"expiry":"{{DemoChain.Expiry()}}","kind":"atomic","operations":[{{operations}}]}""";
        var (status, encoded) = await chain.PostAsync($"{chain.Path}/encode", unsigned);
        if (status != HttpStatusCode.OK)
        {
            return (status, encoded);
        }

        return await chain.PostAsync($"{chain.Path}/transactions", Sign(unsigned, encoded, signers));
    }

    /// <summary>The submission that the same would send, which the gateway must be able to encode.</summary>
    public static async Task<string> SignAsync(DemoChain chain, string operations, params Wallet[] signers)
    {
        var unsigned = $$"""{"expiry":"{{DemoChain.Expiry()}}","kind":"atomic","operations":[{{operations}}]}""";
        var (status, encoded) = await chain.PostAsync($"{chain.Path}/encode", unsigned);
        Assert.True(status == HttpStatusCode.OK, encoded.ToJsonString());
        return Sign(unsigned, encoded, signers);
    }

    private static string Sign(string unsigned, JsonNode encoded, Wallet[] signers)
    {
        var message = Convert.FromHexString((string)encoded["signedBytes"]!);
        var signatures = string.Join(',', signers.Select(signer => $$"""{"key":"{{signer.Public}}","signature":"{{signer.Sign(message)}}"}"""));
        return unsigned[..^1] + $$""","signatures":[{{signatures}}]}""";
    }

    public static string Created(JsonNode answer, int operation) =>
        (string)answer["operations"]!.AsArray().Single(entry => (int)entry!["operation"]! == operation)!["created"]!;

    /// <summary>How far what the transaction sent has come, as soon as all is settled.</summary>
    public static async Task<JsonNode> SettledAsync(DemoChain chain, JsonNode sent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{chain.Path}/transactions/{(string)sent["id"]!}/delivery");
        request.Headers.Add("Prefer", "wait=25");
        var response = await chain.Node.Client.SendAsync(request);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.True(response.StatusCode == HttpStatusCode.OK, answer.ToJsonString());
        return answer;
    }

    private async Task<string> ThroughAsync(DemoChain chain) => (string)(await chain.GetAsync("/channels/1/routes")).Answer["routes"]![0]!["account"]!;

    private static string Opening(DemoChain peer, int number, int? answers)
    {
        var open = answers is null ? "" : $$""","peerChannel":{{answers}}""";
        return number == 1
            ? $$"""{"type":"open-peer","name":"{{peer.Id}}","genesis":"{{Convert.ToHexStringLower(peer.Genesis.Encoded.Span)}}"},{"type":"open-channel","peer":"@0","inFlightMax":100{{open}}}"""
            : $$"""{"type":"open-channel","peer":"1","inFlightMax":100{{open}}}""";
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await isSo())
        {
            await Task.Delay(20, deadline.Token);
        }
    }
}
