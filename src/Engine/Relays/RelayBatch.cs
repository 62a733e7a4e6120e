using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Chains;
using Actors.Ledger.Channels;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Proofs;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Engine.Relays;

/// <summary>A batch before its history paths, which are in the log.</summary>
internal sealed record RelayOutline(
    RelayCursor Cursor,
    BlockHeader Header,
    Signature Seal,
    IReadOnlyList<KeyChange> KeyChanges,
    ChannelProof Proof,
    bool Confirms,
    IReadOnlyList<LeafRun> Packets)
{
    /// <summary>There are acknowledgements that the other side has not consumed.</summary>
    public bool Acknowledges { get; init; }

    /// <summary>Those, unless they are so old that they are read from the log.</summary>
    public LeafRun? Acknowledgements { get; init; }
}

/// <summary>
/// What one side of a channel has for the other, with the proofs: a newer header, then the opening, packets and acknowledgements that it
/// shows. Becomes one transaction without signatures on the other side. Whoever carries it can delay it and not forge it.
/// </summary>
public sealed class RelayBatch
{
    /// <summary>Bytes of an encoded batch at most.</summary>
    public const int BytesMax = RelayBatchCodec.BytesMax;

    internal RelayBatch(RelayOutline outline, IReadOnlyList<Hash256> historyPath, IReadOnlyList<PeerKeyChange> keyChanges)
    {
        Outline = outline;
        HistoryPath = historyPath;
        KeyChanges = keyChanges;
    }

    /// <summary>How many packets are in it.</summary>
    public long PacketCount => Outline.Packets.Sum(run => (long)run.Count);

    /// <summary>How many acknowledgements are in it, each of a run of packets.</summary>
    public long AcknowledgementCount => Outline.Acknowledgements?.Count ?? 0;

    /// <summary>When the newer header was sealed.</summary>
    public Timestamp Time => Outline.Header.Time;

    internal RelayOutline Outline { get; }

    internal IReadOnlyList<Hash256> HistoryPath { get; }

    internal IReadOnlyList<PeerKeyChange> KeyChanges { get; }

    /// <summary>Decodes what <see cref="Encode()"/> gave. Form only: what is in it is proven to the chain that it is brought to.</summary>
    /// <exception cref="MalformedException">The bytes are no batch of this version.</exception>
    public static RelayBatch Decode(ReadOnlySpan<byte> bytes) => RelayBatchCodec.Decode(bytes);

    /// <summary>The bytes that carry it between processes.</summary>
    public byte[] Encode() => RelayBatchCodec.Encode(this);

    /// <summary>The envelope that shows the other side the newer header and nothing else.</summary>
    public byte[] EncodeUpdate(Genesis to, uint peer, Timestamp expiry) => Encode(to, expiry, [Update(peer)]);

    /// <summary>
    /// The header is from before these packets timed out, or only a step on the way to the newest one, as when the chain has changed its key more
    /// often than one update can show: the other side takes it, and what comes with the cursor after it goes on from there.
    /// </summary>
    public bool IsOnTheWay(TimedOutPackets packets) => Outline.Header.Time < packets.Latest || !Outline.Proof.LeadsTo(Outline.Header.ChannelsRoot);

    /// <summary>Of these packets of the other side those that this side has not received; null when it has all, or <see cref="IsOnTheWay"/>.</summary>
    public TimedOutPackets? NotReceived(TimedOutPackets packets)
    {
        var received = Outline.Proof.Record.Received;
        List<SequenceRange> left = [];
        foreach (var range in packets.Ranges)
        {
            var first = Math.Max(range.First, received + 1);
            var end = range.First + (ulong)range.Count;
            if (first < end)
            {
                left.Add(new SequenceRange(first, (int)(end - first)));
            }
        }

        return left.Count == 0 || IsOnTheWay(packets) ? null : packets with { Ranges = left };
    }

    /// <summary>The envelope that shows the other side which of its packets this side has not received at their timeout.</summary>
    public byte[] EncodeTimeOut(Genesis to, uint peer, uint channel, TimedOutPackets packets, Timestamp expiry) =>
        Encode(to, expiry, [Update(peer), new TimeOut(channel, Outline.Header.Height.Value, Outline.Proof, packets.Ranges)]);

    /// <summary>Where the other side is once it has taken this.</summary>
    public RelayCursor Next => new(
        Outline.Header.Height.Value,
        KeyChanges.Count == 0 ? Outline.Cursor.SealedSince : KeyChanges[^1].Change.Header.Height.Value,
        Outline.Packets.Count == 0 ? Outline.Cursor.Received : Outline.Packets[^1].Last,
        Outline.Acknowledgements?.Last ?? Outline.Cursor.Consumed,
        Outline.Cursor.IsConfirmed || Outline.Confirms);

    /// <summary>The envelope for the other side, where this chain is <paramref name="peer"/> and the channel <paramref name="channel"/>.</summary>
    public byte[] Encode(Genesis to, uint peer, uint channel, Timestamp expiry)
    {
        var height = Outline.Header.Height.Value;
        var operations = new List<IOperation> { Update(peer) };
        if (Outline.Confirms)
        {
            operations.Add(new ConfirmChannel(channel, height, Outline.Proof));
        }

        foreach (var run in Outline.Packets)
        {
            operations.Add(new Receive(channel, height, Outline.Proof, run));
        }

        if (Outline.Acknowledgements is { } acknowledgements)
        {
            operations.Add(new Acknowledge(channel, height, Outline.Proof, acknowledgements));
        }

        return Encode(to, expiry, operations);
    }

    private UpdatePeer Update(uint peer) => new(peer, Outline.Header, Outline.Seal, HistoryPath, KeyChanges);

    private static byte[] Encode(Genesis to, Timestamp expiry, List<IOperation> operations) =>
        Envelope.Encode(to.Hash, Transaction.Create(to.Hash, expiry, TransactionKind.Proven, operations.Count, OperationCodec.Encode(operations)), []);
}
