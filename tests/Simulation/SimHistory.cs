using Actors.Engine.Stores;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Chains;
using Actors.Ledger.Hashing;
using Actors.Ledger.Tests.Oracle;
using Actors.Ledger.Transactions;
using Actors.Simulation.Stores;
using static Actors.Simulation.SimException;

namespace Actors.Simulation;

/// <summary>
/// What has happened, by the naive ledger: every block that reached the disk is decoded and its transactions are executed once more
/// in plain dictionaries. It keeps the state of every height, so that anything read can be compared with its own height.
/// </summary>
internal sealed class SimHistory(Genesis genesis, SimDisk disk, Dictionary<TransactionId, SentTransaction> sent, NaiveWorld? world = null)
{
    private readonly List<NaiveState> _states = [];
    private readonly Dictionary<TransactionId, TransactionPlace> _places = [];
    private readonly List<Block> _blocks = [];
    private NaiveSealed? _newest;

    public NaiveLedger Ledger { get; private set; } = null!;

    public Hash256 GenesisHash => genesis.Hash;

    public ulong Height => (ulong)_blocks.Count;

    public IReadOnlyList<Block> Blocks => _blocks;

    public NaiveState StateAt(ulong height) => _states[(int)height];

    /// <summary>What the naive ledgers of other chains know of this one's newest block; null before the first.</summary>
    public NaiveSealed? Newest => _newest;

    public TransactionPlace? PlaceOf(in TransactionId id) => _places.TryGetValue(id, out var place) ? place : null;

    /// <summary>Begins again at height 0, for a disk that lost blocks.</summary>
    public void Restart()
    {
        Ledger = new NaiveLedger(genesis.Settings.Operator, genesis.Settings.ValidityMs, genesis.Settings.OpenWithoutIssuerMax, world, genesis.Hash);
        _newest = null;
        _blocks.Clear();
        _places.Clear();
        _states.Clear();
        _states.Add(Ledger.State);
    }

    /// <summary>Executes what the disk has more than last time.</summary>
    public void CatchUp()
    {
        for (var i = _blocks.Count; i < disk.Blocks.Count; i++)
        {
            Apply(disk.Blocks[i]);
        }
    }

    public Block BlockAt(Height height) => _blocks[(int)height.Value - 1];

    private void Apply(BlockAppend append)
    {
        var block = Block.Parse(append.Bytes);
        var expired = Ledger.BeginBlock(block.Header.Time.Ms);
        var found = block.EffectLeaves.Skip(block.Transactions.Count).Take((int)block.Header.ExpiryLeafCount)
            .SelectMany(leaf => EffectLeaf.ReadExpiries(leaf.Span)).Select(settlement => settlement.Pending.Value);
        Require(expired.SequenceEqual(found), () => $"block {append.Height} should expire {string.Join(' ', expired)}");
        Sometimes.Happened(expired.Count > 0, "pendings expired");
        Sometimes.Happened(expired.Exists(number => Ledger.State.Pendings[number].Size > 1), "a group expired");
        for (var i = 0; i < block.Transactions.Count; i++)
        {
            Execute(block, i);
        }

        var moved = EffectsOf(block);
        Require(moved.SequenceEqual(Ledger.State.Effects), () => $"block {append.Height} moves packets {string.Join(", ", moved)}, expected {string.Join(", ", Ledger.State.Effects)}");
        _blocks.Add(block);
        _newest = new NaiveSealed(append.HeaderHash, genesis.Hash, append.Height, append.TimeMs, Ledger.State, _newest);
        world?.Add(_newest);
        _states.Add(Ledger.State);
        foreach (var sum in Ledger.State.Accounts.Values.GroupBy(account => account.Asset, account => account.Posted))
        {
            Require(sum.Aggregate(Int128.Zero, (total, posted) => total + posted) == 0, () => $"asset {sum.Key} does not sum to zero at {append.Height}");
        }
    }

    private static List<NaiveEffect> EffectsOf(Block block)
    {
        var effects = new List<NaiveEffect>();
        for (var leaf = block.Header.FirstPacketLeaf; leaf < block.Header.FirstTouchLeaf; leaf++)
        {
            foreach (var effect in EffectLeaf.ReadPackets(block.EffectLeaves[(int)leaf].Span))
            {
                effects.Add(effect.Posted is null ? NaiveEffect.Of(effect) : new NaiveEffect(0, 0, effect.Debit.Value, effect.Credit.Value, effect.Amount, effect.Outcome));
            }
        }

        return effects;
    }

    private void Execute(Block block, int index)
    {
        var transaction = block.Transactions[index].Transaction;
        var place = new TransactionPlace(block.Header.Height, index);
        Require(sent.TryGetValue(transaction.Id, out var known), () => $"{place} was sent by nobody");
        Require(known!.MayBeRecorded > 0 || known.Acknowledged is not null, () => $"{place} is recorded, but everybody who sent it was told that it is not");
        Require(!known.SaidExpired, () => $"{place} is recorded, but somebody was told that it expired");
        var signers = known.SignersOf(block.Transactions[index].SignatureSection);
        Require(signers is not null, () => $"{place} has signatures that nobody sent");
        var expected = Ledger.Execute(transaction, signers!);
        var effect = block.Effect(index);
        Require(expected.Recorded && expected.Outcome == effect.Outcome && expected.Operation == effect.FailedOperation, () => $"{place} is {effect}, expected {expected}");
        for (var i = 0; i < expected.Operations.Count; i++)
        {
            var outcome = effect.Operations.FirstOrDefault(entry => entry.Operation == i).Outcome;
            Sometimes.Happened(outcome != Outcome.Committed, $"operation {outcome}");
            Require(expected.Operations[i] == outcome, () => $"{place}, operation {i} is {outcome}, expected {expected.Operations[i]}");
        }

        _places.Add(transaction.Id, place);
    }
}
