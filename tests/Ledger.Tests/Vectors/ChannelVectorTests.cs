using System.Text;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Hashing;
using Actors.Ledger.Tests.Channels;
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

    private static object Blocks(string name, Party party) => new
    {
        name,
        genesisHash = party.Genesis.ToString(),
        blocks = party.Fixture.Blocks.Select(block => block.Hex()),
    };
}
