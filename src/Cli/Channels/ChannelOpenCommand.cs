using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Actors.Cli.Client;
using Actors.Cli.Parsing;
using Actors.Cli.Relays;
using Actors.Cli.Terminals;
using Actors.Cli.Transactions;
using Actors.Ledger;
using Actors.Ledger.Hashing;

namespace Actors.Cli.Channels;

/// <summary><c>actors channel open</c>: the whole opening between two chains of one node or of two, with the operators' keys.</summary>
internal sealed class ChannelOpenCommand
{
    private const uint InFlightDefault = 10_000;
    private readonly Option<ChainId> _from = Parser.Required("--from", "The chain that opens the channel.", ChainId.Parse);
    private readonly Option<ChainId> _to = Parser.Required("--to", "The chain that it is opened to.", ChainId.Parse);
    private readonly Option<Uri?> _fromUrl = Parser.Optional<Uri?>("--from-url", "The first chain's node. [default: --node]", CommonOptions.ParseNode);
    private readonly Option<Uri?> _toUrl = Parser.Optional<Uri?>("--to-url", "The second chain's node. [default: the first chain's]", CommonOptions.ParseNode);
    private readonly Option<string?> _toToken = new("--to-token") { Description = "Bearer token for the second chain's node. [default: --token]" };
    private readonly Option<string?> _toApiKey = new("--to-api-key") { Description = "API key for the second chain's node. [default: --api-key]" };
    private readonly Option<string[]> _keys = KeyOption("--key", "Key file of whoever operates both chains");
    private readonly Option<string[]> _fromKeys = KeyOption("--from-key", "Key file of the first chain's operator, and of the issuer of a restricted asset");
    private readonly Option<string[]> _toKeys = KeyOption("--to-key", "Key file of the second chain's operator, and of the issuer of a restricted asset");
    private readonly Option<Hash256?> _fromGenesis = Parser.Optional<Hash256?>("--from-genesis", "The first chain's genesis hash. Without it its node is believed.", text => Hash256.Parse(text));
    private readonly Option<Hash256?> _toGenesis = Parser.Optional<Hash256?>("--to-genesis", "The second chain's genesis hash. Without it its node is believed.", text => Hash256.Parse(text));
    private readonly Option<ChainId?> _fromAs = Parser.Optional<ChainId?>("--from-as", "The name under which the second chain knows the first. [default: its own]", text => ChainId.Parse(text));
    private readonly Option<ChainId?> _toAs = Parser.Optional<ChainId?>("--to-as", "The name under which the first chain knows the second. [default: its own]", text => ChainId.Parse(text));
    private readonly Option<uint?> _inFlight = Parser.Optional<uint?>("--in-flight", "How many packets of one side may be unsettled at once, 1 to 1048576. [default: 10000]", text => (uint)Parser.Number(text, "count", Limits.InFlightMax));
    private readonly Option<uint?> _channel = Parser.Optional<uint?>("--channel", "Which channel of the first chain, where there are several.", text => Parser.Channel(text));
    private readonly Option<bool> _another = new("--another") { Description = "Open one more, although there is one." };
    private readonly Option<string[]> _assets = new("--asset") { Description = "Asset of the first chain that is to cross, as NUMBER or NUMBER=CODE with the code of its voucher on the second. [code: FROM.CODE]", HelpName = "ASSET" };
    private readonly Option<string[]> _toAssets = new("--to-asset") { Description = "Asset of the second chain that is to cross, likewise.", HelpName = "ASSET" };

    public static Command Create(CommandRunner runner)
    {
        var open = new ChannelOpenCommand();
        var command = new Command("open", "Open a channel between two chains, make them known to each other and open routes for assets; what is there already is left as it is. Signed by both operators.");
        foreach (var option in new Option[]
        {
            open._from, open._to, open._fromUrl, open._toUrl, open._toToken, open._toApiKey, open._keys, open._fromKeys, open._toKeys, open._fromGenesis,
            open._toGenesis, open._fromAs, open._toAs, open._inFlight, open._channel, open._another, open._assets, open._toAssets,
        })
        {
            command.Add(option);
        }

        return runner.RunAsync(command, (session, cancellation) => open.RunAsync(session, runner.Common, cancellation));
    }

    private static Option<string[]> KeyOption(string name, string what) => new(name) { Description = $"{what}; give it once for each key.", HelpName = "FILE" };

    private async Task<int> RunAsync(Session session, CommonOptions common, CancellationToken cancellation)
    {
        var fromUrl = session.Find(_fromUrl) ?? session.NodeAddress(common);
        var toUrl = session.Find(_toUrl) ?? fromUrl;
        var fromNode = session.Node(common, fromUrl, session.Find(common.Token), session.Find(common.ApiKey));
        var toNode = session.Node(common, toUrl, session.Find(_toToken) ?? session.Find(common.Token), session.Find(_toApiKey) ?? session.Find(common.ApiKey));
        var (fromChain, toChain) = (session.Get(_from), session.Get(_to));
        using var fromKeys = SigningKeys.Read(session, [.. session.Find(_keys) ?? [], .. session.Find(_fromKeys) ?? []]);
        using var toKeys = SigningKeys.Read(session, [.. session.Find(_keys) ?? [], .. session.Find(_toKeys) ?? []]);
        var from = new OpeningEnd(fromNode, await OpeningEnd.GenesisAsync(fromNode, fromChain, session.Find(_fromGenesis), cancellation), fromKeys, session.Find(_fromAs) ?? fromChain);
        var to = new OpeningEnd(toNode, await OpeningEnd.GenesisAsync(toNode, toChain, session.Find(_toGenesis), cancellation), toKeys, session.Find(_toAs) ?? toChain);
        var opening = new ChannelOpening(from, to, Plan(session));
        var (fromNumber, toNumber) = await opening.OpenAsync(cancellation);
        var isOpen = fromUrl == toUrl
            ? await opening.IsOpenAsync(fromNumber, toNumber, session.Patience(common), cancellation)
            : await CarryAsync(session, common, opening, (fromUrl, from, fromNumber), (toUrl, to, toNumber), cancellation);
        await AnswerAsync(session, from, fromNumber, to, toNumber, cancellation);
        return isOpen ? ExitCode.Fine : throw new CannotRunException(
            $"channel {fromNumber} of {fromChain} and channel {toNumber} of {toChain} wait to hear of each other: "
            + (fromUrl == toUrl ? "is either chain stopped? Then " : $"let 'actors relay --from {fromUrl} --to {toUrl}' carry between them, or ")
            + "run this command again; what is done stays done");
    }

    /// <summary>Between two nodes nobody is there yet who shows each side the other's end.</summary>
    private async Task<bool> CarryAsync(
        Session session, CommonOptions common, ChannelOpening opening, (Uri Url, OpeningEnd End, uint Number) from, (Uri Url, OpeningEnd End, uint Number) to, CancellationToken cancellation)
    {
        var credential = session.Credential(common);
        var toCredential = SessionNode.ReadCredential(session.Find(_toToken) ?? session.Find(_toApiKey)) ?? credential;
        using var fromNode = new RelayNode(from.Url, credential);
        using var toNode = new RelayNode(to.Url, toCredential);
        var handshake = new OpeningHandshake(fromNode, toNode, new RelayTelling(line => session.Streams.Error.WriteLine(line)));
        return await handshake.CompleteAsync(opening, from.End, from.Number, to.End, to.Number, session.Patience(common), cancellation);
    }

    private OpeningPlan Plan(Session session)
    {
        try
        {
            return new OpeningPlan(
                session.Find(_inFlight) ?? InFlightDefault,
                session.Find(_channel),
                session.Find(_another),
                [.. (session.Find(_assets) ?? []).Select(AssetOverChannel.Parse)],
                [.. (session.Find(_toAssets) ?? []).Select(AssetOverChannel.Parse)]);
        }
        catch (FormatException fault)
        {
            throw new CannotRunException(fault.Message, fault);
        }
    }

    private static async Task AnswerAsync(Session session, OpeningEnd from, uint fromNumber, OpeningEnd to, uint toNumber, CancellationToken cancellation)
    {
        var lines = new List<string>();
        var answer = new JsonObject();
        foreach (var (name, end, number) in new[] { ("from", from, fromNumber), ("to", to, toNumber) })
        {
            var channel = await end.ChannelAsync(number, cancellation);
            var routes = await end.RoutesAsync(number, cancellation);
            lines.Add($"{end.Chain}: channel {number} to {channel.Peer.Name} is {(channel.State == ChannelWords.Open ? ChannelWords.Open : "not open yet")}");
            lines.AddRange(routes.Select(route => $"{end.Chain}: {ChannelWords.Of(route)}"));
            answer[name] = new JsonObject
            {
                ["chain"] = end.Chain.Value,
                ["genesisHash"] = end.Genesis.Hash.ToString(),
                ["channel"] = number.ToString(CultureInfo.InvariantCulture),
                ["state"] = channel.State,
                ["routes"] = new JsonArray([.. routes.Select(route => (JsonNode)Json(route))]),
                ["transactions"] = new JsonArray([.. end.Transactions.Select(id => (JsonNode)id)]),
            };
        }

        session.Answer(answer, lines);
    }

    private static JsonObject Json(RouteAnswer route) => new()
    {
        ["number"] = route.Number.ToString(CultureInfo.InvariantCulture),
        ["asset"] = route.Asset.ToString(CultureInfo.InvariantCulture),
        ["code"] = route.Code,
        ["account"] = route.Account.ToString(CultureInfo.InvariantCulture),
        ["address"] = route.Address,
        ["peerAsset"] = route.PeerAsset?.ToString(CultureInfo.InvariantCulture),
    };
}
