using System.Text;
using Actors.Ledger.Chains;
using Actors.Ledger.Channels;
using Actors.Ledger.Channels.Deliveries;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Tests.Channels;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Tests.Vectors;

/// <summary>Operations 17 to 32, those that rest on proof taken from two chains with fixed keys.</summary>
internal static class ChannelOperationVectors
{
    private static readonly Pair Pair = Make();
    private static readonly Timestamp Timeout = new(1_800_000_060_000);
    private static readonly byte[] Memo = Encoding.ASCII.GetBytes("rent");

    public static IEnumerable<OperationVector> All => [.. Signed(), .. Sends(), .. Proven()];

    private static EntityReference One => EntityReference.Numbered(1);

    private static IEnumerable<OperationVector> Signed()
    {
        var header = Pair.Home.Block(1).Header;
        var key = Pair.Home.Fixture.SealingKey.Public;
        return
        [
            new("open peer", new { type = 17, chain = "away", genesis = Pair.Away.Fixture.Genesis.Encoded.Hex() }, new OpenPeer(ChainId.Parse("away"), Pair.Away.Fixture.Genesis)),
            new("resume peer", new { type = 18, peer = Numbered("1"), header = header.Encode().Hex(), key = key.ToString() }, new ResumePeer(One, header, key)),
            new("open channel", new { type = 19, peer = Numbered("1"), inFlightMax = "1048576" }, new OpenChannel(One, Limits.InFlightMax)),
            new("open channel in answer", new { type = 19, linked = true, peer = Numbered("1"), inFlightMax = "1", peerChannel = "4294967295" }, new OpenChannel(One, 1, uint.MaxValue, Linked: true)),
            new("pause channel", new { type = 20, channel = Numbered("1") }, new PauseChannel(One)),
            new("resume channel", new { type = 20, resume = true, channel = Numbered("1") }, new PauseChannel(One, Resume: true)),
            new("abandon channel", new { type = 21, channel = Numbered("1") }, new AbandonChannel(One)),
            new("open route at home", new { type = 22, channel = Numbered("1"), asset = Numbered("3") }, new OpenRoute(One, EntityReference.Numbered(3))),
            new("open route for a voucher", new { type = 22, channel = Numbered("1"), peerAsset = "65535", scale = 2, code = "HOME.EUR" }, new OpenRoute(One, default, new Voucher(65_535, 2, "HOME.EUR"))),
            new("limit route", new { type = 23, route = "7", amount = "1000000" }, new LimitRoute(7, 1_000_000)),
        ];
    }

    private static IEnumerable<OperationVector> Sends()
    {
        var (peer, handler) = (Pair.Away.Genesis, "note");
        return
        [
            new("send", new { type = 24, debit = Numbered("5"), through = Numbered("9"), recipient = "300", amount = "250", timeoutMs = Timeout.Ms }, new Send(Party.Of(5), new AccountNumber(9), new AccountNumber(300), 250, Timeout)),
            new("send with everything", new { type = 24, linked = true, debit = Numbered("5"), through = Numbered("9"), recipient = "68719476736", amount = "9223372036854775807", timeoutMs = Timeout.Ms, delivers = "77", memo = Memo.Hex(), peerGenesisHash = peer.ToString() }, new Send(Party.Of(5), new AccountNumber(9), new AccountNumber(Limits.AccountsMax), long.MaxValue, Timeout, new PendingNumber(77), Memo, peer, Linked: true)),
            new("send message", new { type = 25, sender = Numbered("5"), channel = Numbered("1"), handler, payload = Memo.Hex(), timeoutMs = Timeout.Ms }, new SendMessage(Party.Of(5), One, handler, Memo, Timeout)),
            new("send message to a peer named", new { type = 25, sender = Numbered("5"), channel = Numbered("1"), handler, payload = "", timeoutMs = Timeout.Ms, peerGenesisHash = peer.ToString() }, new SendMessage(Party.Of(5), One, handler, default, Timeout, peer)),
            new("pending delivery", new { type = 26, debit = Numbered("1"), credit = Numbered("2"), amount = "300", timeoutMs = Timeout.Ms, through = "9", senderOnPeer = "4", delivered = "100", recipient = Numbered("6") }, new PendingDelivery(Party.Of(1), Party.Of(2), 300, Timeout, new AccountNumber(9), new AccountNumber(4), 100, Party.Of(6))),
        ];
    }

    private static IEnumerable<OperationVector> Proven()
    {
        var (home, away) = (Pair.Home, Pair.Away);
        var update = home.Update(away);
        var receive = away.Receive(home, 1, 1, 1, 2);
        var acknowledge = home.Acknowledge(away, 1, 1, 1, 1);
        var timeOut = new TimeOut(1, away.Height, away.Proof(1), [new SequenceRange(2, 1), new SequenceRange(300, 8_000)]);
        var height = home.Height.ToString();
        var equivocation = new Equivocation(home.Anchor(1), home.Anchor(2), home.Block(2).Header.Previous, home.HistoryPath(1, 2));
        return
        [
            new("update peer", new { type = 27, peer = "1", header = update.Header.Encode().Hex(), seal = update.Seal.AsSpan().Hex(), historyPath = Hex(update.HistoryPath), keyChanges = update.KeyChanges.Select(Bytes) }, update),
            new("confirm channel", new { type = 28, channel = "1", height, proof = Proof(home.Proof(1)) }, new ConfirmChannel(1, home.Height, home.Proof(1))),
            new("receive", new { type = 29, channel = "1", height, proof = Proof(receive.Proof), packets = Run(receive.Packets) }, receive),
            new("acknowledge", new { type = 30, channel = "1", height = away.Height.ToString(), proof = Proof(acknowledge.Proof), acknowledgements = Run(acknowledge.Acknowledgements) }, acknowledge),
            new("time out", new { type = 31, channel = "1", height = away.Height.ToString(), proof = Proof(timeOut.Proof!), packets = new[] { new { first = "2", count = 1 }, new { first = "300", count = 8_000 } } }, timeOut),
            new("time out what was abandoned", new { type = 31, channel = "1", packets = new[] { new { first = "1", count = 1 } } }, new TimeOut(1, 0, null, [new SequenceRange(1, 1)])),
            new("report equivocation", new { type = 32, peer = "1", equivocation = Bytes(equivocation) }, new ReportEquivocation(1, equivocation)),
            new("report equivocation at one height", new { type = 32, peer = "1", equivocation = Bytes(equivocation with { HistoryPath = null }) }, new ReportEquivocation(1, equivocation with { HistoryPath = null })),
        ];
    }

    /// <summary>Five packets sent, of which away has received two and home has heard of neither, and a change of home's key.</summary>
    public static Pair Make()
    {
        var keys = 0;
        var pair = new Pair(newKey: () => FixedKey.Named($"channels {keys++}"));
        pair.Send(100);
        pair.Send(20, to: 999);
        pair.Link.Receive(pair.Away);
        pair.Send(3);
        pair.Home.Do(new ChangeSealingKey(pair.Home.Fixture.NewKey().Public));
        pair.Home.Do(pair.Link.Sending(pair.Home, pair.AtHome, pair.Alice, pair.Bob, 4), pair.Link.Sending(pair.Home, pair.AtHome, pair.Alice, pair.Bob, 5));
        return pair;
    }

    public static object Proof(ChannelProof proof) => new { count = (int)proof.Count, record = proof.Bytes.Hex(), path = Hex(proof.Path) };

    public static object Run(LeafRun run) => new { first = run.First.ToString(), leaves = Enumerable.Range(0, run.Count).Select(i => run[i].Hex()).ToArray(), right = Hex(run.Right) };

    public static string[] Hex(IEnumerable<Hash256> hashes) => [.. hashes.Select(hash => hash.ToString())];

    private static object Numbered(string number) => new { number };

    private static string Bytes(PeerKeyChange change)
    {
        var writer = new WireWriter();
        change.Change.Write(writer);
        Ledger.Proofs.HashPath.Write(writer, change.HistoryPath);
        return writer.Written.Hex();
    }

    private static string Bytes(Equivocation equivocation)
    {
        var writer = new WireWriter();
        equivocation.Write(writer);
        return writer.Written.Hex();
    }
}
