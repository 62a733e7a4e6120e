using Actors.Engine.History;
using Actors.Engine.Relays;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Tests.Oracle;
using Actors.Ledger.Transactions;

namespace Actors.Simulation.Channels;

/// <summary>
/// An operator who seals a second header of a height. It says nothing false of channels; but a light client that has taken it follows the chain no
/// more, until somebody reports the pair and its own operator names the branch that is kept.
/// </summary>
internal sealed class Equivocator(Random random, SimKeys keys, NaiveWorld naive)
{
    private readonly List<(ChannelChain Of, BlockHeader True, Signature TrueSeal, BlockHeader False, Signature FalseSeal)> _pairs = [];

    public bool HasSealedTwice => _pairs.Count > 0;

    public static ulong PeerOn(ChannelChain chain, ChannelChain of) => chain.State.Peers.FirstOrDefault(peer => peer.Value.Genesis == of.Genesis.Hash).Key;

    /// <summary>A light client on <paramref name="to"/> is shown a second header instead of the newest; null when it has the newest.</summary>
    public byte[]? Deceive(ChannelChain from, ChannelChain to)
    {
        var peer = PeerOn(to, from);
        var held = to.State.Peers[peer];
        if (held.IsFrozen || held.Height >= from.History.Height || from.History.Newest!.At(held.Height)?.Hash != (held.Newest ?? from.History.Newest.At(held.Height)?.Hash))
        {
            return null;
        }

        var changes = from.Writers[0].Core.KeyChangesSoFar.Where(change => change.Header.Height.Value >= held.Height && change.Header.Height.Value < from.History.Height).ToList();
        if (changes.Count > Limits.KeyChangesPerUpdateMax)
        {
            return null;
        }

        var pair = Seal(from, from.History.Height);
        var history = new HistoryReader(from.OpenStore(), from.Genesis.Hash);
        var since = to.Writers.Count == 0 ? 0 : RelayReads.Position(to.Writers[0].Core, 1)?.Cursor.SealedSince ?? 0;
        var size = pair.False.Height.Value;
        var update = new UpdatePeer(
            (uint)peer,
            pair.False,
            pair.FalseSeal,
            history.Path(held.Height, size),
            [.. changes.Where(change => change.Header.Height.Value > since).Select(change => new PeerKeyChange(change, history.Path(change.Header.Height.Value, size)))]);
        return Make(to, update);
    }

    /// <summary>A pair of headers of a joined chain is reported to another, before or after it was deceived.</summary>
    public byte[]? Report(ChannelChain to)
    {
        var known = _pairs.FindAll(pair => PeerOn(to, pair.Of) != 0 && pair.Of.Writers.Count > 0);
        if (known.Count == 0)
        {
            return null;
        }

        var pair = known[random.Next(known.Count)];
        return Make(to, Report(pair, to));
    }

    /// <summary>The newest header that the operator of <paramref name="chain"/> can learn of a frozen peer, and the key that sealed it.</summary>
    public ResumePeer Resume(ChannelChain chain, ChannelChain peer)
    {
        var newest = peer.History.Blocks[^1];
        return new ResumePeer(EntityReference.Numbered(PeerOn(chain, peer)), newest.Header, Sealer(newest.Header, newest.Seal));
    }

    /// <summary>The proof that a chain on whose light client a false header is was deceived.</summary>
    public byte[]? Convict(ChannelChain deceived, ChannelChain by)
    {
        var held = deceived.State.Peers[PeerOn(deceived, by)];
        return held.Newest is { } newest && _pairs.Find(pair => pair.Of == by && Sha256.Of(pair.False.Encode()) == newest) is { Of: not null } pair
            ? Make(deceived, Report(pair, deceived))
            : null;
    }

    private (ChannelChain Of, BlockHeader True, Signature TrueSeal, BlockHeader False, Signature FalseSeal) Seal(ChannelChain chain, ulong height)
    {
        var block = chain.History.Blocks[(int)height - 1];
        var truth = chain.History.Newest!.At(height)!;
        var second = block.Header with { OutcomesRoot = Sha256.Of(BitConverter.GetBytes(random.Next())) };
        var encoded = second.Encode();
        var pair = (chain, block.Header, block.Seal, second, keys.Sign(Sealer(block.Header, block.Seal), encoded));
        naive.Add(truth with { Hash = Sha256.Of(encoded) });
        _pairs.Add(pair);
        return pair;
    }

    private ReportEquivocation Report((ChannelChain Of, BlockHeader True, Signature TrueSeal, BlockHeader False, Signature FalseSeal) pair, ChannelChain to)
    {
        var anchor = pair.Of.Writers[0].Core.AnchorOf(new byte[][] { pair.True.Encode(), pair.TrueSeal.AsSpan().ToArray() }.SelectMany(bytes => bytes).ToArray());
        return new ReportEquivocation((uint)PeerOn(to, pair.Of), new Equivocation(anchor, anchor with { Header = pair.False, Seal = pair.FalseSeal }, default, null));
    }

    private PublicKey Sealer(BlockHeader header, Signature seal) => keys.All.First(key => Es256.Verify(key, header.Encode(), seal));

    private static byte[] Make(ChannelChain to, IOperation operation)
    {
        var expiry = new Timestamp(to.Clock.UnixMs + 30_000);
        return Envelope.Encode(to.Genesis.Hash, Transaction.Create(to.Genesis.Hash, expiry, TransactionKind.Proven, 1, OperationCodec.Encode([operation])), []);
    }
}
