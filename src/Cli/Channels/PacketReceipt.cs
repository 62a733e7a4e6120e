using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Actors.Cli.Accounts;
using Actors.Cli.Client;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Cli.Transactions;
using Actors.Ledger;
using Actors.Ledger.Hashing;

namespace Actors.Cli.Channels;

/// <summary>
/// <c>actors channel receipt</c>: files that prove what became of a packet, one for each thing that a chain says of it; <c>actors verify</c> checks them with
/// no network. What the peer says is fetched from the peer's chain, and verified with its genesis hash.
/// </summary>
internal sealed class PacketReceipt
{
    private const string Sent = "sent";
    private const string Received = "received";
    private const string Acknowledgement = "acknowledgement";
    private const string Settled = "settled";
    private const string Refunded = "refunded";
    private readonly Argument<Ledger.Transactions.TransactionId> _id = TransactionCommand.IdArgument();
    private readonly Option<int?> _operation = new("--operation") { Description = "The operation that sent it (from 0), where the transaction sent more than one packet." };
    private readonly Option<string> _of = Parser.Required("--of", "sent: that it was sent as this packet. received: that its value arrived. acknowledgement: which packets the peer accepted. settled: that the acknowledgement, or a timeout, came home. refunded: that its value is back.", ParseOf);
    private readonly Option<Uri?> _peerUrl = Parser.Optional<Uri?>("--peer-url", "The peer's node, for received and acknowledgement. [default: --node]", CommonOptions.ParseNode);
    private readonly Option<ChainId?> _peerChain = Parser.Optional<ChainId?>("--peer-chain", "The peer's own name, where the chain knows it under another.", text => ChainId.Parse(text));
    private readonly Option<string?> _file = ProofFile.OutOption();

    public static Command Create(CommandRunner runner)
    {
        var receipt = new PacketReceipt();
        var command = new Command("receipt", "Fetch the proof of what became of a packet, by the transaction that sent it.") { receipt._id, receipt._operation, receipt._of, receipt._peerUrl, receipt._peerChain, receipt._file };
        return runner.RunAsync(command, (session, cancellation) => receipt.RunAsync(session, runner.Common, cancellation));
    }

    private static string ParseOf(string text) => text is Sent or Received or Acknowledgement or Settled or Refunded
        ? text
        : throw new FormatException($"'{text}' is not a proof of a packet: expected {Sent}, {Received}, {Acknowledgement}, {Settled} or {Refunded}");

    private async Task RunAsync(Session session, CommonOptions common, CancellationToken cancellation)
    {
        var (node, chain, id, of) = (session.Node(common), session.Chain(common), session.Get(_id).ToString(), session.Get(_of));
        var packet = await FindAsync(session, node, chain, id, cancellation);
        var bytes = of switch
        {
            Sent => await node.GetReceiptAsync(chain, id, packet.Operation, cancellation),
            Settled => await SettledAsync(node, chain, packet, cancellation),
            Refunded => packet is { State: Refunded, Height: { } height }
                ? await node.GetRefundProofAsync(chain, packet.Channel, packet.Sequence, height, cancellation)
                : throw new CannotRunException($"packet {packet.Sequence} of channel {packet.Channel} is {packet.State}, not refunded"),
            _ => await FromPeerAsync(session, common, packet, of, cancellation),
        };
        var answer = new JsonObject
        {
            ["id"] = id,
            ["operation"] = packet.Operation,
            ["channel"] = packet.Channel.ToString(CultureInfo.InvariantCulture),
            ["sequence"] = packet.Sequence.ToString(CultureInfo.InvariantCulture),
            ["of"] = of,
        };
        await ProofFile.WriteAsync(session, session.Find(_file) ?? $"{chain}.{packet.Channel}.{packet.Sequence}.{of}", bytes, answer, cancellation);
    }

    private async Task<DeliveryAnswer> FindAsync(Session session, NodeClient node, ChainId chain, string id, CancellationToken cancellation)
    {
        var deliveries = await new DeliveryFollowing(node, chain, id, TimeSpan.Zero).PageAsync(session.Find(_operation) ?? 0, cancellation);
        if (session.Find(_operation) is { } operation)
        {
            return deliveries.FirstOrDefault(packet => packet.Operation == operation) ?? throw new CannotRunException($"operation {operation} of transaction {id} sent nothing over a channel");
        }

        return deliveries.Count == 1
            ? deliveries[0]
            : throw new CannotRunException($"transaction {id} sent more than one packet: name its operation with --operation ({string.Join(", ", deliveries.Take(10).Select(packet => packet.Operation))}{(deliveries.Count > 10 ? " ..." : "")})");
    }

    private static async Task<byte[]> SettledAsync(NodeClient node, ChainId chain, DeliveryAnswer packet, CancellationToken cancellation) => packet is { Transaction: { } transaction, SettledOperation: { } operation }
        ? await node.GetReceiptAsync(chain, transaction, operation, cancellation)
        : throw new CannotRunException($"packet {packet.Sequence} of channel {packet.Channel} is {packet.State}: there is no proof yet of how it ended");

    private async Task<byte[]> FromPeerAsync(Session session, CommonOptions common, DeliveryAnswer packet, string of, CancellationToken cancellation)
    {
        var node = session.Find(_peerUrl) is { } url ? session.Node(common, url, session.Find(common.Token), session.Find(common.ApiKey)) : session.Node(common);
        var chain = session.Find(_peerChain) ?? ChainId.Parse(packet.Peer);
        if ((await node.GetGenesisAsync(chain, cancellation)).Hash != Hash256.Parse(packet.PeerGenesis))
        {
            throw new CannotRunException($"the node's chain {chain} is not the peer, whose genesis hash is {packet.PeerGenesis}: say where it is with --peer-url and --peer-chain");
        }

        if (of == Received)
        {
            return await node.GetReceivedProofAsync(chain, packet.PeerChannel, packet.Sequence, cancellation);
        }

        var received = (await node.GetReceivedAsync(chain, packet.PeerChannel, packet.Sequence, cancellation)).Value;
        return await node.GetReceiptAsync(chain, received.Transaction, received.Operation, cancellation);
    }
}
