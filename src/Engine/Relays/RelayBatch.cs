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
    private readonly RelayOutline _outline;
    private readonly IReadOnlyList<Hash256> _historyPath;
    private readonly IReadOnlyList<PeerKeyChange> _keyChanges;

    internal RelayBatch(RelayOutline outline, IReadOnlyList<Hash256> historyPath, IReadOnlyList<PeerKeyChange> keyChanges)
    {
        _outline = outline;
        _historyPath = historyPath;
        _keyChanges = keyChanges;
    }

    internal RelayOutline Outline => _outline;

    /// <summary>Of these packets of the other side those that this side has not received; null when it has all, or its header is from before they timed out.</summary>
    public TimedOutPackets? NotReceived(TimedOutPackets packets)
    {
        var received = _outline.Proof.Record.Received;
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

        return left.Count == 0 || _outline.Header.Time < packets.Latest ? null : packets with { Ranges = left };
    }

    /// <summary>The envelope that shows the other side which of its packets this side has not received at their timeout.</summary>
    public byte[] EncodeTimeOut(Genesis to, uint peer, uint channel, TimedOutPackets packets, Timestamp expiry) =>
        Encode(to, expiry, [Update(peer), new TimeOut(channel, _outline.Header.Height.Value, _outline.Proof, packets.Ranges)]);

    /// <summary>Where the other side is once it has taken this.</summary>
    public RelayCursor Next => new(
        _outline.Header.Height.Value,
        _keyChanges.Count == 0 ? _outline.Cursor.SealedSince : _keyChanges[^1].Change.Header.Height.Value,
        _outline.Packets.Count == 0 ? _outline.Cursor.Received : _outline.Packets[^1].Last,
        _outline.Acknowledgements?.Last ?? _outline.Cursor.Consumed,
        _outline.Cursor.IsConfirmed || _outline.Confirms);

    /// <summary>The envelope for the other side, where this chain is <paramref name="peer"/> and the channel <paramref name="channel"/>.</summary>
    public byte[] Encode(Genesis to, uint peer, uint channel, Timestamp expiry)
    {
        var height = _outline.Header.Height.Value;
        var operations = new List<IOperation> { Update(peer) };
        if (_outline.Confirms)
        {
            operations.Add(new ConfirmChannel(channel, height, _outline.Proof));
        }

        foreach (var run in _outline.Packets)
        {
            operations.Add(new Receive(channel, height, _outline.Proof, run));
        }

        if (_outline.Acknowledgements is { } acknowledgements)
        {
            operations.Add(new Acknowledge(channel, height, _outline.Proof, acknowledgements));
        }

        return Encode(to, expiry, operations);
    }

    internal UpdatePeer Update(uint peer) => new(peer, _outline.Header, _outline.Seal, _historyPath, _keyChanges);

    private static byte[] Encode(Genesis to, Timestamp expiry, List<IOperation> operations) =>
        Envelope.Encode(to.Hash, Transaction.Create(to.Hash, expiry, TransactionKind.Proven, operations.Count, OperationCodec.Encode(operations)), []);
}
