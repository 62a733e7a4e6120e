using Actors.Engine.Audits;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Operations;

namespace Actors.Simulation.Channels;

/// <summary>What an audit of two chains finds that an audit of each does not.</summary>
public sealed class ChannelsAuditTests
{
    private readonly ForgedPair _pair = new();

    [Fact]
    public async Task Escrow_is_vouchers_and_what_is_in_flight()
    {
        _pair.Send(700);
        ChannelWorld.Carry(_pair.ToAway);
        _pair.Send(40);

        var report = await AuditAsync(_pair.Forged);

        Assert.True(report.IsClean, string.Join("; ", report.Findings));
        var route = Assert.Single(report.Routes);
        Assert.Equal((740, 700, 40, 0, false), (route.Escrow, (long)route.Vouchers, (long)route.Outward, (long)route.Homeward, route.IsAbandoned));
        Assert.Equal([_pair.Forged.History.Height, _pair.Away.History.Height], report.Cut);
        Assert.Empty(report.NotCompared);
    }

    [Fact]
    public async Task Vouchers_that_rest_on_a_second_history_are_found_with_the_first_block()
    {
        var before = _pair.Away.History.Height;
        _pair.Send(700);
        ChannelWorld.Carry(_pair.ToAway);

        var report = await AuditAsync(_pair.Home);

        Assert.False(report.IsClean);
        Assert.All(report.Chains, chain => Assert.True(chain.IsClean));
        Assert.Contains("block 2 of away rests on header", report.Findings[0]);
        Assert.Contains(report.Findings, finding => finding.StartsWith($"block {before + 1} of away credits 700 for packet 1 of channel 1, which home has not sent", StringComparison.Ordinal));
        Assert.Contains(report.Findings, finding => finding.StartsWith($"from block {before + 1} of away on, asset 1 of home over its channel 1 to away does not agree: 0 in escrow, 700 in vouchers", StringComparison.Ordinal));
        Assert.False(Assert.Single(report.Routes).Agrees);
    }

    /// <summary>As with nodes that go on while they are read: the first one's head was asked for before the second one received.</summary>
    [Fact]
    public async Task What_rests_on_headers_beyond_the_other_head_is_left_out_of_the_cut()
    {
        _pair.Send(700);
        ChannelWorld.Carry(_pair.ToAway);
        var (head, away) = (_pair.Forged.History.Height, _pair.Away.History.Height);
        _pair.Send(40);
        ChannelWorld.Carry(_pair.ToAway);
        ChannelWorld.Carry(_pair.ToForged);

        var report = await AuditAsync(_pair.Forged, head);

        Assert.True(report.IsClean, string.Join("; ", report.Findings));
        Assert.Equal([head, away], report.Cut);
        Assert.Equal(_pair.Away.History.Height, report.Chains[1].Height);
        Assert.Equal((700, 700), (Assert.Single(report.Routes).Escrow, (long)report.Routes[0].Vouchers));
        Assert.Contains($"above block {away}", Assert.Single(report.NotCompared));
    }

    [Fact]
    public async Task An_abandoned_channel_is_listed_as_an_act_of_trust()
    {
        _pair.Send(700);
        _pair.Forged.Clock.Advance((long)Ledger.Limits.AbandonGraceMs);
        _pair.Forged.Do(new AbandonChannel(EntityReference.Numbered(1)));

        var report = await AuditAsync(_pair.Forged);

        Assert.True(report.IsClean, string.Join("; ", report.Findings));
        Assert.StartsWith($"in block {_pair.Forged.History.Height} the operator of home abandoned channel 1 to away", Assert.Single(report.ActsOfTrust), StringComparison.Ordinal);
        Assert.True(Assert.Single(report.Routes).IsAbandoned);
    }

    [Fact]
    public async Task A_channel_to_a_chain_that_is_not_audited_is_said_to_be_left_out()
    {
        var report = await ChannelsAudit.RunAsync([new AuditedChain("away", new DiskSource(_pair.Away.Disk))], null, default);

        Assert.Contains(_pair.Home.Genesis.Hash.ToString(), Assert.Single(report.NotCompared));
        Assert.Empty(report.Routes);
    }

    /// <summary>Any operator can open a channel that names whatever channel of another chain: its peer's record says whether that is true.</summary>
    [Fact]
    public async Task A_channel_that_names_one_of_two_others_says_nothing_of_theirs()
    {
        _pair.Send(700);
        ChannelWorld.Carry(_pair.ToAway);
        var stranger = _pair.Stranger();

        var report = await ChannelsAudit.RunAsync(
            [.. new[] { _pair.Forged, _pair.Away, stranger }.Select(chain => new AuditedChain(chain.Genesis.ChainId.Value, new DiskSource(chain.Disk)))], null, default);

        Assert.True(report.IsClean, string.Join("; ", report.Findings));
        Assert.Equal("away", Assert.Single(report.Routes).Away);
        Assert.Equal(3UL, report.Cut[2]);
    }

    [Fact]
    public async Task The_same_chain_twice_is_refused() => await Assert.ThrowsAsync<ArgumentException>(() =>
        ChannelsAudit.RunAsync([new AuditedChain("one", new DiskSource(_pair.Home.Disk)), new AuditedChain("other", new DiskSource(_pair.Forged.Disk))], null, default));

    private Task<ChannelsReport> AuditAsync(ChannelChain home, ulong? head = null) => ChannelsAudit.RunAsync(
        [new AuditedChain("home", new EarlierSource(home, head ?? home.History.Height)), new AuditedChain("away", new DiskSource(_pair.Away.Disk))], null, default);

    private sealed class EarlierSource(ChannelChain chain, ulong head) : IBlockSource
    {
        public ReadOnlyMemory<byte> Genesis => chain.Genesis.Encoded;

        public ulong HeadHeight => head;

        public ValueTask<ReadOnlyMemory<byte>?> ReadBlockAsync(ulong height, CancellationToken cancellation) => new DiskSource(chain.Disk).ReadBlockAsync(height, cancellation);
    }
}
