using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Actors.Cli.Client;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Cli.Transactions;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;

namespace Actors.Cli.Channels;

/// <summary><c>actors peer list|show|evidence|report|resume</c>: the chains that a chain knows.</summary>
internal static class PeerCommand
{
    public static Command Create(CommandRunner runner) => new("peer", "The chains that a chain knows and takes the word of.") { List(runner), Show(runner), PeerEvidence.Create(runner), PeerEvidence.Report(runner), Resume(runner) };

    public static Argument<uint> NumberArgument() => Parser.Argument("PEER", "The peer's number on this chain.", Parser.Peer);

    private static Command List(CommandRunner runner) => runner.RunAsync(new Command("list", "A chain's peers."), async (session, cancellation) =>
    {
        var chain = session.Chain(runner.Common);
        var peers = await session.Node(runner.Common).AllPeersAsync(chain, cancellation);
        session.Answer(
            new JsonObject { ["peers"] = new JsonArray([.. peers.Select(peer => (JsonNode)new JsonObject { ["number"] = peer.Number.ToString(CultureInfo.InvariantCulture), ["name"] = peer.Name, ["genesis"] = peer.Genesis, ["frozen"] = peer.Frozen })]) },
            peers.Count == 0 ? [$"chain {chain} knows no other"] : [.. peers.Select(peer => $"peer {peer.Number}: {peer.Name} with genesis {peer.Genesis}{(peer.Frozen ? ", FROZEN" : "")}")]);
    });

    private static Command Show(CommandRunner runner)
    {
        var number = NumberArgument();
        return runner.RunAsync(new Command("show", "What a chain knows of a peer.") { number }, async (session, cancellation) =>
        {
            var answered = await session.Node(runner.Common).GetPeerAsync(session.Chain(runner.Common), session.Get(number), cancellation);
            session.Answer(answered.Json, Lines(answered.Value));
        });
    }

    private static Command Resume(CommandRunner runner)
    {
        var number = NumberArgument();
        var header = new Option<string>("--header") { Description = "The peer's header of the branch that is kept: a file of header and seal, as the peer's node gives under /headers/HEIGHT.", Required = true, HelpName = "FILE" };
        var sealing = Parser.Required("--sealing-key", "The key that sealed it, 128 hex digits.", text => PublicKey.TryParse(text, out var key) ? key : throw new FormatException($"'{text}' is not a key: expected 128 hex digits"));
        var signing = new SigningOptions();
        var command = signing.AddTo(new Command("resume", "Trust a frozen peer again from a header on: an act of trust that names the branch that is kept. Signed by the operator.") { number, header, sealing });
        return runner.RunAsync(command, async (session, cancellation) =>
        {
            var kept = ReadHeader(session.Get(header), session.Get(sealing), await File.ReadAllBytesAsync(session.Get(header), cancellation));
            var resume = new ResumePeer(EntityReference.Numbered(session.Get(number)), kept, session.Get(sealing));
            return await new Submission(runner.Common, signing).RunAsync(session, session.Chain(runner.Common), builder => builder.Add(resume), cancellation);
        });
    }

    private static BlockHeader ReadHeader(string file, PublicKey key, byte[] bytes)
    {
        if (bytes.Length != BlockHeader.Size + Signature.Size)
        {
            throw new CannotRunException($"{file} has {bytes.Length} bytes, expected the {BlockHeader.Size + Signature.Size} of a header and its seal");
        }

        var encoded = bytes.AsSpan(0, BlockHeader.Size);
        return Es256.Verify(key, encoded, new Signature(bytes.AsSpan(BlockHeader.Size)))
            ? BlockHeader.Decode(encoded)
            : throw new CannotRunException($"the header in {file} is not sealed by {key}");
    }

    private static IEnumerable<string> Lines(PeerAnswer peer) => Table.Of(
        ("peer", peer.Number.ToString(CultureInfo.InvariantCulture)),
        ("name", peer.Name),
        ("genesis", peer.Genesis),
        ("newest header", peer.HeaderHeight == 0 ? "none yet" : $"block {peer.HeaderHeight} of {Instant.Format(new Timestamp(peer.HeaderTime))}"),
        ("frozen", peer.FrozenSince is { } since ? $"since {Instant.Format(new Timestamp(since))}: it contradicted itself at its block {peer.ConflictHeight}" : "no"));
}
