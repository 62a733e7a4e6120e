using System.Globalization;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Channels;

/// <summary>Seeded runs of <see cref="RandomWorld"/>; the seed is in the name of what fails.</summary>
public sealed class RandomWorldTests
{
    private const int Steps = 400;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Value_is_conserved_at_every_step_and_everything_settles(int seed)
    {
        var world = Run(seed);
        Assert.True(world.Count.Sent > 30, $"only {world.Count.Sent} packets were sent");
    }

    /// <summary>Goes on for ACTORS_SIM_SECONDS with seeds that were never tried.</summary>
    [Fact]
    public void Value_is_conserved_for_as_long_as_asked()
    {
        var seconds = Environment.GetEnvironmentVariable("ACTORS_SIM_SECONDS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        var until = Environment.TickCount64 + (seconds * 1000L);
        for (var seed = Environment.TickCount; Environment.TickCount64 < until; seed++)
        {
            var failure = Record.Exception(() => Run(seed));
            Assert.True(failure is null, $"seed {seed}: {failure}");
        }
    }

    [Fact]
    public void The_runs_meet_what_a_bad_network_leads_to()
    {
        var met = new HashSet<Outcome>();
        for (var seed = 11; seed < 15; seed++)
        {
            var world = new RandomWorld(seed);
            for (var i = 0; i < Steps; i++)
            {
                world.Step();
            }

            met.UnionWith(world.Met);
        }

        Outcome[] expected =
        [
            Outcome.Committed, Outcome.AlreadyReceived, Outcome.AlreadyAcknowledged, Outcome.PacketsOutOfOrder, Outcome.ChannelPaused, Outcome.ChannelFull, Outcome.BelowFloor,
            Outcome.PacketTimedOut, Outcome.CreditAccountNotFound, Outcome.CreditAccountFrozen, Outcome.TimeoutNotReached, Outcome.LinkedOperationRefused,
        ];
        Assert.Empty(expected.Except(met));
    }

    private static RandomWorld Run(int seed)
    {
        var world = new RandomWorld(seed);
        for (var i = 0; i < Steps; i++)
        {
            world.Step();
        }

        world.Settle();
        return world;
    }
}
