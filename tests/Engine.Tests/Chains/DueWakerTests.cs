using System.Collections.Concurrent;
using System.Globalization;
using Actors.Engine.Faults;
using Actors.Engine.Sealing;
using Actors.Engine.Stores.Sqlite;

namespace Actors.Engine.Tests.Chains;

/// <summary>How many chains are woken, how many at a time, and which of them again. None of them is opened: what is due is all that is looked at.</summary>
public sealed class DueWakerTests : IDisposable
{
    private const int WakingMax = 4;
    private const int PerLookMax = 4_096;
    private static readonly TimeSpan Never = TimeSpan.FromDays(1);
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LookMax = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-due-").FullName;
    private readonly ConcurrentDictionary<string, int> _woken = [];
    private int _waking;
    private int _wakingMost;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task All_that_are_due_are_woken_page_after_page_and_a_few_at_a_time()
    {
        using var host = HostWith(600);
        await using var waker = Waker(host, Never);
        await UntilAsync(() => _woken.Count == 600);
        Assert.All(_woken.Values, times => Assert.Equal(1, times));
        Assert.InRange(_wakingMost, 1, WakingMax);
    }

    [Fact]
    public async Task More_than_fit_in_one_look_are_left_to_the_next_one_which_goes_on_there()
    {
        using var host = HostWith(PerLookMax + 100);
        await using (Waker(host, Never))
        {
            await UntilAsync(() => _woken.Count == PerLookMax);
            await Task.Delay(10 * Often);
        }

        Assert.Equal(Names(PerLookMax), _woken.Keys.Order());
        _woken.Clear();
        await using var waker = Waker(host, TimeSpan.FromMilliseconds(500));
        await UntilAsync(() => _woken.Count == PerLookMax + 100);
    }

    [Fact]
    public async Task One_that_cannot_be_woken_is_tried_less_and_less_often_and_keeps_no_other_from_it()
    {
        const int looks = 21;
        using var host = HostWith(2);
        await using (Waker(host, Often, failing: Name(0)))
        {
            await UntilAsync(() => _woken.GetValueOrDefault(Name(1)) >= looks);
        }

        // At the looks 1, 2, 4, 7, 11, 16, 22 ...
        var tries = 0;
        for (var look = 1; look <= _woken[Name(1)]; look += tries)
        {
            tries++;
        }

        Assert.InRange(_woken[Name(0)], tries - 1, tries + 1);
    }

    private DueWaker Waker(ChainHost host, TimeSpan every, string? failing = null) => new(
        host,
        async (due, cancellation) =>
        {
            _woken.AddOrUpdate(due.ChainId, 1, (_, times) => times + 1);
            var waking = Interlocked.Increment(ref _waking);
            for (int most; waking > (most = Volatile.Read(ref _wakingMost));)
            {
                Interlocked.CompareExchange(ref _wakingMost, waking, most);
            }

            await Task.Yield();
            Interlocked.Decrement(ref _waking);
            if (due.ChainId == failing)
            {
                throw new ChainStoppedException("it cannot be opened");
            }
        },
        Options(every));

    /// <summary>So many chains are due, in the order of their names.</summary>
    private ChainHost HostWith(int chains)
    {
        var node = new SqliteNodeStore(_folder);
        for (var chain = 0; chain < chains; chain++)
        {
            Directory.CreateDirectory(Path.Combine(_folder, "chains", Name(chain)));
            File.WriteAllText(Path.Combine(_folder, "due", Name(chain)), (chain + 1).ToString(CultureInfo.InvariantCulture));
        }

        return new ChainHost(node, SealingKeyFolders.In(_folder), Options(Never));
    }

    private LedgerNodeOptions Options(TimeSpan every) => new() { DataFolder = _folder, DueEvery = every };

    private static string Name(int chain) => $"c{chain:D5}";

    private static IEnumerable<string> Names(int count) => Enumerable.Range(0, count).Select(Name);

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var waited = TimeSpan.Zero; !isSo(); waited += Often)
        {
            Assert.True(waited < LookMax, "expected something to happen, nothing did");
            await Task.Delay(Often);
        }
    }
}
