using System.Runtime.CompilerServices;
using Actors.Engine.Relays;
using Actors.Ledger.Channels;

namespace Actors.Engine.Tests.Relays;

public sealed class NextTimeoutTests
{
    private const int Channels = 40;

    [Fact]
    public void The_next_timeout_is_the_earliest_of_all_channels_whatever_was_set_and_asked_in_between()
    {
        var random = new Random(3);
        var committed = new CommittedChannels();
        committed.Apply(new BlockChannels([.. Enumerable.Range(1, Channels).Select(number => ((uint)number, new byte[Unsafe.SizeOf<ChannelRecord>()]))], [], []));
        var expected = new ulong[Channels];
        Array.Fill(expected, ulong.MaxValue);

        for (var i = 0; i < 5_000; i++)
        {
            var number = random.Next(Channels);
            expected[number] = random.Next(4) == 0 ? ulong.MaxValue : (ulong)random.Next(100);
            committed.SetTimeout((uint)number + 1, expected[number]);
            if (random.Next(3) == 0)
            {
                var earliest = expected.Min();
                Assert.Equal(earliest == ulong.MaxValue ? null : earliest, committed.NextTimeoutMs());
            }
        }
    }
}
