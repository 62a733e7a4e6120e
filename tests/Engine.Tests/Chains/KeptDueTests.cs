using Actors.Engine.Chains;
using Actors.Engine.Relays;
using Actors.Engine.Stores;

namespace Actors.Engine.Tests.Chains;

public sealed class KeptDueTests
{
    private static readonly BlockChannels NoChannel = new([], [], []);

    /// <summary>A write whose answer is lost may have put a later time there: a block must not go by the earlier one.</summary>
    [Fact]
    public async Task What_the_store_keeps_is_not_known_from_when_it_is_to_keep_something_else_until_it_does()
    {
        await using var host = new SimHost();
        var core = host.Recover();
        var now = host.Clock.UnixMs;
        var kept = new KeptDue(core.State, core.Channels);

        kept.Written(new DueNote(now + 60_000));
        Assert.Null(kept.After(now, NoChannel));

        var idle = kept.Idle(now, now);
        Assert.Equal(new DueNote(null), kept.After(now, NoChannel));

        kept.Written(idle);
        Assert.Null(kept.After(now, NoChannel));
    }
}
