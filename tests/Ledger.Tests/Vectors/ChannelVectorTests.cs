using System.Text;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Hashing;
using Actors.Ledger.Proofs;
using Actors.Ledger.Tests.Channels;
using Actors.Ledger.Tests.Proofs;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Tests.Vectors;

/// <summary>docs/wire-format.md section 9.</summary>
public sealed class ChannelVectorTests
{
    private static readonly string[] RefusedPackets = ["", "03", "0108" + "05" + "01a3185c5000" + "01" + "01" + "05", "0100" + "00" + "01a3185c5000" + "01" + "01" + "05", "0205" + "01a3185c5000" + "00" + "00", "0100" + "05" + "01a3185c5000" + "01" + "01" + "05" + "00"];
    private static readonly string[] RefusedAcknowledgements = ["", "000100", "010000", "010102", "0101010107", "010101" + "0000", "01010000"];

    [Fact]
    public void Records_packets_acknowledgements_and_runs_are_as_pinned()
    {
        Assert.All(RefusedPackets, bytes => Assert.Throws<MalformedException>(() => Packet.Parse(Convert.FromHexString(bytes)).IsMessage));
        Assert.All(RefusedAcknowledgements, bytes => Assert.Throws<MalformedException>(() => Acknowledgement.Parse(Convert.FromHexString(bytes))));
        var pair = ChannelOperationVectors.Make();
        VectorFile.Pins("09-channels", new
        {
            section = "9. Channels",
            channels = Channels(pair.Home),
            packets = Packets(),
            acknowledgements = Acknowledgements(),
            runs = Runs(),
            refusedPackets = RefusedPackets,
            refusedAcknowledgements = RefusedAcknowledgements,
            accepted = Accepted(pair),
            refused = Refused(pair),
            blocks = new[] { Blocks("home", pair.Home), Blocks("away", pair.Away) },
        });
    }

    /// <summary>A root over one channel and one over three.</summary>
    private static IEnumerable<object> Channels(Party party)
    {
        for (var more = 0; more < 2; more++)
        {
            yield return new
            {
                root = party.Block(party.Height).Header.ChannelsRoot.ToString(),
                proofs = Enumerable.Range(1, (int)party.State.Channels.Count).Select(number => ChannelOperationVectors.Proof(party.Proof((uint)number))).ToArray(),
            };
            var open = new Ledger.Channels.Opening.OpenChannel(Operations.EntityReference.Numbered(1), 10);
            party.Do(open, open);
        }
    }

    private static IEnumerable<object> Packets()
    {
        var (timeout, memo) = (new Timestamp(1_800_000_060_000), Encoding.ASCII.GetBytes("rent"));
        yield return Of("value", new Packet { Sender = new AccountNumber(5), Timeout = timeout, Asset = new AssetNumber(1), Recipient = new AccountNumber(300), Amount = 250 });
        yield return Of("value that goes home, with memo and delivery", new Packet
        {
            Sender = new AccountNumber(Limits.AccountsMax),
            Timeout = timeout,
            IsHomeward = true,
            Asset = new AssetNumber(65_535),
            Recipient = new AccountNumber(1),
            Amount = long.MaxValue,
            Memo = memo,
            Delivers = new PendingNumber(77),
        });
        yield return Of("message", new Packet { IsMessage = true, Sender = new AccountNumber(5), Timeout = timeout, Handler = Encoding.ASCII.GetBytes("note"), Payload = memo });
    }

    private static object Of(string name, in Packet packet)
    {
        var writer = new WireWriter();
        packet.Write(writer);
        return packet.IsMessage
            ? new { name, message = true, sender = packet.Sender.ToString(), timeoutMs = packet.Timeout.Ms, handler = Encoding.ASCII.GetString(packet.Handler), payload = packet.Payload.Hex(), bytes = writer.Written.Hex() }
            : new
            {
                name,
                homeward = packet.IsHomeward,
                sender = packet.Sender.ToString(),
                timeoutMs = packet.Timeout.Ms,
                asset = packet.Asset.ToString(),
                recipient = packet.Recipient.ToString(),
                amount = packet.Amount.ToString(),
                memo = packet.Memo.IsEmpty ? null : packet.Memo.Hex(),
                delivers = packet.Delivers.Value == 0 ? null : packet.Delivers.ToString(),
                bytes = writer.Written.Hex(),
            };
    }

    private static IEnumerable<object> Acknowledgements()
    {
        Acknowledgement[] all =
        [
            new(1, 1, []),
            new(1_000_000, 8_192, [new PacketException(1_000_000, Outcome.PacketTimedOut), new PacketException(1_000_001, Outcome.CreditAccountFrozen), new PacketException(1_008_191, Outcome.AboveCeiling)]),
        ];
        return all.Select(acknowledgement => new
        {
            first = acknowledgement.First.ToString(),
            count = acknowledgement.Count,
            exceptions = acknowledgement.Exceptions.Select(exception => new { sequence = exception.Sequence.ToString(), outcome = (int)exception.Outcome }),
            bytes = acknowledgement.Encode().Hex(),
        });
    }

    /// <summary>Leaf i is the byte i; the edge is of the first leaves, the path of what is right of it.</summary>
    private static IEnumerable<object> Runs()
    {
        var hashes = Enumerable.Range(0, 40).Select(i => MerkleTree.LeafHash([(byte)i])).ToArray();
        foreach (var (from, size) in new[] { (1, 1), (1, 2), (3, 3), (3, 8), (4, 5), (6, 7), (7, 40), (31, 40), (32, 40), (39, 40) })
        {
            var path = MerkleTree.ExtensionPath((ulong)from, (ulong)size, hashes.AsSpan(from, size - from));
            yield return new { edge = from, size, right = ChannelOperationVectors.Hex(path), root = MerkleTree.Root(hashes.AsSpan(0, size)).ToString() };
        }
    }

    private static IEnumerable<object> Accepted(Pair pair)
    {
        yield return Shown("a packet received", pair.Away, Received(pair), new { packet = new { channel = "1", sequence = "1", posted = "100", outcome = 0 } });
        yield return Shown("two headers of one height", pair.Home, Equivocations.SameHeight(pair.Home, 3), new { from = "3" });
        yield return Shown("a header with another history", pair.Home, Equivocations.OtherHistory(pair.Home, 3), new { from = "3" });
    }

    private static IEnumerable<object> Refused(Pair pair)
    {
        var received = PacketProof.Decode(Received(pair));
        var twice = Equivocation.Decode(Equivocations.SameHeight(pair.Home, 3));
        yield return Refused("a packet that the leaf does not name", pair.Away, CheckNames.Packet, (received with { Sequence = 2 }).Encode());
        yield return Refused("a refund where the leaf says received", pair.Away, CheckNames.Packet, (received with { Refunded = true }).Encode());
        yield return Refused("a leaf of another place", pair.Away, CheckNames.Packet, (received with { Leaf = received.Leaf with { Index = 0 } }).Encode());
        yield return Refused("a packet of another chain", pair.Home, CheckNames.Anchored, received.Encode());
        yield return Refused("one header twice", pair.Home, CheckNames.Contradiction, (twice with { Later = twice.Earlier }).Encode());
        yield return Refused("a later header of another chain", pair.Home, CheckNames.Later, (twice with { Later = pair.Away.Anchor(3) }).Encode());
        yield return Refused("a history that agrees", pair.Home, CheckNames.Contradiction, (Equivocation.Decode(Equivocations.OtherHistory(pair.Home, 3)) with { Earlier = pair.Home.Anchor(3) }).Encode());
    }

    private static byte[] Received(Pair pair)
    {
        var height = Enumerable.Range(1, (int)pair.Away.Height).First(height => pair.Away.Block((ulong)height).Header.PacketCount > 0);
        return PacketProof.Build(pair.Away.Anchor((ulong)height), pair.Away.Block((ulong)height), channel: 1, sequence: 1, refunded: false).Encode();
    }

    private static object Shown(string name, Party party, byte[] bytes, object shows)
    {
        var verification = ProofVerifier.Verify(bytes, party.Genesis);
        Assert.All(verification.Checks, check => Assert.True(check.Status == CheckStatus.Passed, $"{check.Name}: {check.Sentence}"));
        return new { name, genesisHash = party.Genesis.ToString(), bytes = bytes.Hex(), shows };
    }

    private static object Refused(string why, Party party, string check, byte[] bytes)
    {
        ProofAssert.FailsFirst(check, bytes, party.Genesis);
        return new { why, check, genesisHash = party.Genesis.ToString(), bytes = bytes.Hex() };
    }

    private static object Blocks(string name, Party party) => new
    {
        name,
        genesisHash = party.Genesis.ToString(),
        blocks = party.Fixture.Blocks.Select(block => block.Hex()),
    };
}
