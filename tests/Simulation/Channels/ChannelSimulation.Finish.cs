using Actors.Engine.Audits;
using Actors.Ledger;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;
using static Actors.Simulation.SimException;

namespace Actors.Simulation.Channels;

/// <summary>The end of a run: no more faults. One chain may be gone for good; all that is left drains, and everything is audited.</summary>
internal sealed partial class ChannelSimulation
{
    private const int DrainRoundsMax = 60;
    private const long AfterAllTimeoutsMs = 1_000_000;

    private void Finish()
    {
        Note("finish");
        LookAround();
        foreach (var chain in _world.Chains)
        {
            chain.Writers.ToList().ForEach(chain.Kill);
            chain.Disk.IsFull = false;
            chain.Clock.OffsetMs = 0;
            chain.Clock.Advance(200_000);
            chain.Recover(new SimFaults());
        }

        _world.Relays.ForEach(relay => relay.Die());
        var living = _world.Chains.ToHashSet();
        if (_world.Chains.Count > 2 && _random.Next(3) == 0)
        {
            Bury(living);
        }

        living.ToList().ForEach(Repair);
        Drain(living);
        LookAround();
        _conservation.CheckDrained(living);
        _world.Chains.ForEach(Audit);
        AuditTogether();
    }

    /// <summary>A chain ends for good. After the grace period its peers give up their channels to it and take back what nobody settles.</summary>
    private void Bury(HashSet<ChannelChain> living)
    {
        var gone = _world.Chains[_random.Next(_world.Chains.Count)];
        living.Remove(gone);
        foreach (var chain in _world.Chains)
        {
            chain.Clock.Advance((long)Limits.AbandonGraceMs + 1);
        }

        foreach (var (chain, number) in _world.Links.Where(link => link.A == gone || link.B == gone).Select(link => (link.Other(gone), link.Of(link.Other(gone)))))
        {
            chain.Do(new AbandonChannel(EntityReference.Numbered(number)));
            var channel = chain.State.Channels[number];
            Sometimes.Happened("a channel was abandoned");
            if (channel.Settled < (ulong)channel.Sent.Count)
            {
                Sometimes.Happened("packets of an abandoned channel were given back");
                Prove(chain, new TimeOut(number, 0, null, [new SequenceRange(channel.Settled + 1, (int)((ulong)channel.Sent.Count - channel.Settled))]));
            }
        }
    }

    private static void Prove(ChannelChain chain, params IReadOnlyList<IOperation> operations)
    {
        var expiry = new Timestamp(chain.Clock.UnixMs + 30_000);
        var transaction = Transaction.Create(chain.Genesis.Hash, expiry, TransactionKind.Proven, operations.Count, OperationCodec.Encode(operations));
        chain.Deliver(chain.Writers[0], Envelope.Encode(chain.Genesis.Hash, transaction, []));
        chain.Settle();
    }

    /// <summary>What the operator does: resumes what is paused or frozen, and lifts limits.</summary>
    private void Repair(ChannelChain chain)
    {
        foreach (var peer in _world.Chains.Where(peer => Equivocator.PeerOn(chain, peer) != 0))
        {
            if (_equivocator.Convict(chain, peer) is { } evidence)
            {
                Sometimes.Happened("a deceived light client was shown the evidence");
                chain.Deliver(chain.Writers[0], evidence);
                chain.Settle();
            }

            if (chain.State.Peers[Equivocator.PeerOn(chain, peer)].IsFrozen)
            {
                chain.Do(_equivocator.Resume(chain, peer));
            }
        }

        foreach (var (number, channel) in chain.State.Channels.Where(entry => entry.Value is { Paused: true, Standing: "open" }).OrderBy(entry => entry.Key).ToList())
        {
            chain.Do(new PauseChannel(EntityReference.Numbered(number), Resume: true));
        }

        foreach (var number in chain.State.Routes.Keys.Order().ToList())
        {
            chain.Do(new LimitRoute((uint)number, 0));
        }
    }

    private void Drain(HashSet<ChannelChain> living)
    {
        var relays = _world.Relays.FindAll(relay => living.Contains(relay.From) && living.Contains(relay.To));
        for (var round = 0; round < DrainRoundsMax; round++)
        {
            foreach (var relay in relays)
            {
                ChannelWorld.Carry(relay);
                LookAround();
            }

            if (relays.TrueForAll(relay => IsSettled(relay.From, relay.FromChannel)))
            {
                return;
            }

            if (round == 1)
            {
                // What is left waits for its timeout, or for nothing at all.
                _world.Chains.ForEach(chain => chain.Clock.Advance(AfterAllTimeoutsMs));
            }
        }

        var stuck = relays.Find(relay => !IsSettled(relay.From, relay.FromChannel))!;
        var back = relays.Find(relay => relay.To == stuck.From && relay.ToChannel == stuck.FromChannel)!;
        throw new SimException($"channel {stuck.FromChannel} of {stuck.From} to {stuck.To} is stuck; there: {Describe(stuck.To, stuck.ToChannel)}, told {stuck.LastAnswer}; here: {Describe(stuck.From, stuck.FromChannel)}, told {back.LastAnswer}");
    }

    private static string Describe(ChannelChain chain, ulong number)
    {
        var channel = chain.State.Channels[number];
        var peer = chain.State.Peers[channel.Peer];
        return $"{channel.Standing}, {channel.Sent.Count} sent, {channel.Settled} settled, {channel.TimedOut.Count} timed out, {channel.Received} received, {channel.Consumed} consumed, peer at {peer.Height}{(peer.IsFrozen ? " frozen" : string.Empty)}";
    }

    private static bool IsSettled(ChannelChain chain, ulong number) => chain.State.Channels[number].Settled == (ulong)chain.State.Channels[number].Sent.Count;

    /// <summary>The audit of all chains agrees with the naive ledgers, and tells of nothing but the headers that were sealed twice.</summary>
    private void AuditTogether()
    {
        AuditedChain[] chains = [.. _world.Chains.Select(chain => new AuditedChain(chain.Name, new DiskSource(chain.Disk)))];
        var report = ChannelsAudit.RunAsync(chains, null, CancellationToken.None).GetAwaiter().GetResult();
        var others = report.Findings.Where(finding => !finding.Contains("rests on header", StringComparison.Ordinal)).ToList();
        Require(others.Count == 0, () => $"the audit of the channels finds: {string.Join("; ", others)}");
        Require(report.Findings.Count == 0 || _equivocator.HasSealedTwice, () => $"the audit of the channels finds: {string.Join("; ", report.Findings)}");
        Require(report.Cut.SequenceEqual(_world.Chains.Select(chain => chain.History.Height)) && report.NotCompared.Count == 0, () => $"the cut is {string.Join(", ", report.Cut)}; {string.Join("; ", report.NotCompared)}");
        Require(report.Routes.Count == _world.Ways.Count && report.Routes.All(route => route.Agrees || route.IsAbandoned), () => $"routes do not agree: {string.Join(", ", report.Routes)}");
        var abandoned = _world.Chains.Sum(chain => chain.State.Channels.Values.Count(channel => channel.Standing == "abandoned"));
        Require(report.ActsOfTrust.Count(act => act.Contains("abandoned", StringComparison.Ordinal)) == abandoned, () => $"{abandoned} channels were abandoned: {string.Join("; ", report.ActsOfTrust)}");
        Sometimes.Happened(report.Findings.Count > 0, "an audit found a header sealed twice");
        Sometimes.Happened(report.ActsOfTrust.Any(act => act.Contains("trusted", StringComparison.Ordinal)), "an audit listed a peer trusted again");
    }

    private static void Audit(ChannelChain chain)
    {
        var report = ChainAudit.RunAsync(new DiskSource(chain.Disk), chain.Genesis.Hash, null, CancellationToken.None).GetAwaiter().GetResult();
        Require(report.IsClean && report.Height == chain.History.Height, () => $"the audit of {chain} finds: {string.Join("; ", report.Findings)}");
        var findings = StoreAudit.Run(chain.OpenStore(), chain.History.Height, CancellationToken.None);
        Require(findings.Count == 0, () => $"the audit of the store of {chain} finds: {string.Join("; ", findings)}");
    }
}
