using System.Collections.Immutable;
using Actors.Ledger.Channels;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Hashing;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Oracle;

/// <summary>The light client of another chain: which of its headers are held, newest last.</summary>
public sealed record NaivePeer(string Name, Hash256 Genesis, ulong TimeMs)
{
    public ulong Height { get; init; }

    /// <summary>The newest header; null before the first.</summary>
    public Hash256? Newest { get; init; }

    public ImmutableList<(ulong Height, Hash256 Hash)> Held { get; init; } = [];

    /// <summary>0 when it is not.</summary>
    public ulong FrozenAtMs { get; init; }

    public ulong ConflictHeight { get; init; }

    public ulong SettledThrough { get; init; }

    public bool IsFrozen => FrozenAtMs != 0;
}

/// <summary>One side of a channel, with all that was ever sent over it.</summary>
public sealed record NaiveChannel(ulong Peer, ulong InFlightMax, ulong PeerChannel)
{
    /// <summary>init, try, open or abandoned.</summary>
    public required string Standing { get; init; }

    public bool Paused { get; init; }

    /// <summary>Index i holds sequence i + 1.</summary>
    public ImmutableList<NaiveSent> Sent { get; init; } = [];

    /// <summary>Packets sent before the block being executed.</summary>
    public ulong SentBefore { get; init; }

    /// <summary>The peer has acknowledged packets up to this sequence.</summary>
    public ulong Settled { get; init; }

    public ImmutableHashSet<ulong> TimedOut { get; init; } = [];

    public ulong Received { get; init; }

    public ImmutableList<NaiveAcknowledgement> Acknowledged { get; init; } = [];

    public ulong Consumed { get; init; }

    /// <summary>Whether the packet was acknowledged or refunded.</summary>
    public bool IsSettled(ulong sequence) => sequence <= Settled || TimedOut.Contains(sequence);
}

/// <summary>The way of an asset over a channel; PeerAsset is 0 at home.</summary>
public sealed record NaiveRoute(ulong Channel, ulong Asset, ulong Account, ulong PeerAsset)
{
    /// <summary>0 for none.</summary>
    public Int128 LimitPerHour { get; init; }

    public ulong WindowStartMs { get; init; }

    public Int128 SentInWindow { get; init; }

    public Int128 ReceivedInWindow { get; init; }

    public bool IsVoucher => PeerAsset != 0;
}

/// <summary>A packet, and the route that it left by (0: a message).</summary>
public sealed record NaiveSent(NaivePacket Packet, ulong Route);

public sealed record NaivePacket(ulong Sender, ulong TimeoutMs)
{
    public bool IsMessage { get; init; }

    public bool IsHomeward { get; init; }

    public ulong Asset { get; init; }

    public ulong Recipient { get; init; }

    public long Amount { get; init; }

    public ulong Delivers { get; init; }

    public string Memo { get; init; } = string.Empty;

    public string Handler { get; init; } = string.Empty;

    public string Payload { get; init; } = string.Empty;

    public static NaivePacket Of(ReadOnlySpan<byte> bytes)
    {
        var packet = Packet.Parse(bytes);
        return new NaivePacket(packet.Sender.Value, packet.Timeout.Ms)
        {
            IsMessage = packet.IsMessage,
            IsHomeward = packet.IsHomeward,
            Asset = packet.Asset.Value,
            Recipient = packet.Recipient.Value,
            Amount = packet.Amount,
            Delivers = packet.Delivers.Value,
            Memo = Convert.ToHexString(packet.Memo),
            Handler = System.Text.Encoding.Latin1.GetString(packet.Handler),
            Payload = Convert.ToHexString(packet.Payload),
        };
    }
}

/// <summary>So many packets were taken from First on, all accepted but the exceptions.</summary>
public sealed record NaiveAcknowledgement(ulong First, ulong Count, ImmutableSortedDictionary<ulong, Outcome> Exceptions)
{
    public ulong Last => First + Count - 1;
}

/// <summary>What a packet moved: credited when the outcome is Committed, else refunded and why. Channel 0: the payment of a delivery.</summary>
public sealed record NaiveEffect(ulong Channel, ulong Sequence, ulong Debit, ulong Credit, Int128 Amount, Outcome Outcome)
{
    public static NaiveEffect Of(in PacketEffect effect) =>
        new(effect.Channel, effect.Sequence, effect.Debit.Value, effect.Credit.Value, effect.Amount, effect.Outcome);
}

/// <summary>What an agreed delivery must be.</summary>
public sealed record NaiveDelivery(ulong Route, ulong Sender, ulong Recipient, long Amount);
