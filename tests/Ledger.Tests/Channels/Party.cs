using Actors.Ledger.Accounts;
using Actors.Ledger.Assets;
using Actors.Ledger.Blocks;
using Actors.Ledger.Channels;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Relaying;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Proofs;
using Actors.Ledger.State;
using Actors.Ledger.Tests.Replay;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;

namespace Actors.Ledger.Tests.Channels;

/// <summary>
/// One chain of a world of chains: its operator's keyset owns everything on it, so that one key signs. Keeps what a node would have for
/// a relay: blocks, header hashes, and the records of channels with their paths as of each block.
/// </summary>
internal sealed class Party
{
    private readonly List<Hash256> _headers = [];
    private readonly List<ChannelProof[]> _proofs = [[]];
    private readonly RootChooser? _roots;

    /// <param name="name">The chain's name.</param>
    /// <param name="newKey">Makes its keys; they are random without.</param>
    /// <param name="rootSeed">Headers carry state roots as an engine might choose them; each its own without.</param>
    public Party(string name, Func<Key>? newKey = null, int? rootSeed = null)
    {
        Fixture = ChainFixture.Create(name, newKey: newKey);
        _roots = rootSeed is { } seed ? new RootChooser(new Random(seed), Fixture.State) : null;
        _headers.Add(MerkleTree.LeafHash(Fixture.Genesis.Hash.AsSpan()));
    }

    public ChainFixture Fixture { get; }

    public ChainState State => Fixture.State;

    public Hash256 Genesis => Fixture.Genesis.Hash;

    /// <summary>Blocks sealed.</summary>
    public ulong Height => (ulong)Fixture.Blocks.Count;

    public ulong NowMs => Fixture.NowMs;

    public Block Block(ulong height) => Ledger.Blocks.Block.Parse(Fixture.Blocks[(int)height - 1]);

    public Anchor Anchor(ulong height) => Ledger.Proofs.Anchor.Of(Fixture.Genesis, KeyChanges(0, height - 1), Block(height));

    /// <summary>Operations that the operator signs, in a block of their own; each must come out as said.</summary>
    public Block Do(Outcome outcome, params IOperation[] operations)
    {
        var result = Fixture.Submit(operations, Fixture.Operator);
        Assert.Equal(outcome, result.Outcome);
        return Seal();
    }

    public Block Do(params IOperation[] operations) => Do(Outcome.Committed, operations);

    /// <summary>Operations that rest on proof, in a block of their own where they are recorded.</summary>
    public Outcome Prove(params IOperation[] operations)
    {
        var result = Fixture.Submit(TransactionKind.Proven, operations);
        Assert.Equal(result.Outcome == Outcome.Committed, result.IsRecorded);
        Seal();
        return result.Outcome;
    }

    public Block Seal() => Seal(_roots?.Next(NowMs) ?? StateRootChoice.Now);

    public Block Seal(StateRootChoice choice)
    {
        var bytes = Fixture.Seal(choice);
        _roots?.Note(Fixture.LastDraft!);
        _headers.Add(MerkleTree.LeafHash(Fixture.LastDraft!.Hash.AsSpan()));
        _proofs.Add([.. Enumerable.Range(1, (int)State.Channels.Count).Select(number => State.Channels.Prove((uint)number))]);
        return Ledger.Blocks.Block.Parse(bytes);
    }

    public ulong Created(Block block, int operation = 0) => block.Effect(0).Find(operation).Created;

    public ulong OpenAsset(string code) => Created(Do(new CreateAsset(EntityReference.Numbered(1), 2, code)));

    public ulong OpenAccounts(ulong asset, ulong count = 1, long floor = 0) =>
        Created(Do(new OpenAccounts(EntityReference.Numbered(1), EntityReference.Numbered(asset), count, floor)));

    public ChannelRecord Channel(uint number) => State.Channels.Read(number);

    public RouteRecord Route(uint number) => State.Routes.Read(number);

    public AccountRecord Account(ulong number)
    {
        Assert.True(State.Accounts.TryRead(number, out var account));
        return account;
    }

    public long Posted(ulong number) => Account(number).Posted;

    public void Move(ulong debit, ulong credit, long amount) => Do(new Transfer(Of(debit), Of(credit), amount));

    public static AccountReference Of(ulong number) => AccountReference.Numbered(new AccountNumber(number));

    /// <summary>The update that brings the light client of this chain on <paramref name="other"/> to a height of ours.</summary>
    public UpdatePeer Update(Party other, ulong? to = null)
    {
        var peer = other.State.Peers.Find(Genesis)!.Value;
        var record = other.State.Peers.Read(peer);
        var block = Block(to ?? Height);
        var size = (int)block.Header.Height.Value;
        var changes = record.Height < block.Header.Height.Value ? KeyChanges(Math.Max(record.Height, record.SealedSince + 1), block.Header.Height.Value - 1) : [];
        return new UpdatePeer(
            peer,
            block.Header,
            block.Seal,
            HistoryPath((int)Math.Min(record.Height, (ulong)size - 1), size),
            [.. changes.Select(change => new PeerKeyChange(change, HistoryPath((int)change.Header.Height.Value, size)))]);
    }

    public Hash256[] HistoryPath(int height, int size) => MerkleTree.InclusionPath(_headers.ToArray().AsSpan(0, size), height);

    /// <summary>Where a channel stood at a height of this chain.</summary>
    public ChannelProof Proof(uint channel, ulong? height = null) => _proofs[(int)(height ?? Height)][channel - 1];

    /// <summary>Every packet sent over a channel in the blocks through <paramref name="height"/>.</summary>
    public List<byte[]> Packets(uint channel, ulong? height = null)
    {
        var packets = new List<byte[]>();
        for (ulong at = 1; at <= (height ?? Height); at++)
        {
            foreach (var packet in SentPackets.Of(Block(at), State.Routes).Where(packet => packet.Channel == channel))
            {
                packets.Add(packet.Bytes);
                Assert.Equal((ulong)packets.Count, packet.Sequence);
            }
        }

        return packets;
    }

    /// <summary>Every acknowledgement written for a channel through a height, found backwards from where the channel stood.</summary>
    public List<byte[]> Acknowledgements(uint channel, ulong? height = null)
    {
        var found = new List<byte[]>();
        for (var at = Proof(channel, height).Record.AcknowledgedAt; at != 0;)
        {
            var written = SentAcknowledgements.Of(Block(at), channel);
            found.InsertRange(0, written.Select(leaf => leaf.Leaf.ToArray()));
            at = written[0].Before.Value;
        }

        return found;
    }

    public Receive Receive(Party from, uint theirs, uint own, ulong first, int count, ulong? height = null)
    {
        var at = height ?? from.Height;
        return new Receive(own, at, from.Proof(theirs, at), Run(from.Packets(theirs, at), first, count));
    }

    public Acknowledge Acknowledge(Party from, uint theirs, uint own, ulong first, int count, ulong? height = null)
    {
        var at = height ?? from.Height;
        return new Acknowledge(own, at, from.Proof(theirs, at), Run(from.Acknowledgements(theirs, at), first, count));
    }

    public static LeafRun Run(List<byte[]> leaves, ulong first, int count)
    {
        var hashes = leaves.Select(leaf => MerkleTree.LeafHash(leaf)).ToArray();
        var through = first + (ulong)count - 1;
        var right = MerkleTree.ExtensionPath(through, (ulong)hashes.Length, hashes.AsSpan((int)through));
        return LeafRun.Of(first, leaves.GetRange((int)first - 1, count), right);
    }

    private List<KeyChange> KeyChanges(ulong from, ulong through)
    {
        var changes = new List<KeyChange>();
        for (var height = Math.Max(1, from); height <= through; height++)
        {
            if (KeyChange.TryBuild(Block(height)) is { } change)
            {
                changes.Add(change);
            }
        }

        return changes;
    }
}
