using Actors.Ledger.Blocks;
using Actors.Ledger.Pendings;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Oracle;

public sealed class OracleTests
{
    private const int BlocksEach = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void The_core_says_what_the_naive_ledger_says(int seed)
    {
        var chain = new OracleChain(seed);
        Run(chain, BlocksEach);
        Assert.True(chain.OperationCount > 1_000, $"only {chain.OperationCount} operations were recorded");
    }

    [Fact]
    public void The_workload_meets_most_outcomes()
    {
        var met = new HashSet<Outcome>();
        for (var seed = 11; seed < 16; seed++)
        {
            var chain = new OracleChain(seed);
            Run(chain, BlocksEach);
            met.UnionWith(chain.Outcomes.Keys);
        }

        Outcome[] never =
        [
            Outcome.Malformed, Outcome.UnsupportedVersion, Outcome.TooLarge, Outcome.WrongChain, Outcome.Pruned, Outcome.UnsupportedScheme,
            Outcome.DuplicateSigner, Outcome.BadSignature, Outcome.SealingKeyUnknown, Outcome.TableFull,
            Outcome.TooManySettlements, Outcome.PendingTimedOut, Outcome.DebitAccountClosed,
        ];
        Outcome[] ofOpening =
        [
            Outcome.PeerNotFound, Outcome.ChannelNotFound, Outcome.RouteNotFound, Outcome.PeerTaken, Outcome.PeerNameTaken, Outcome.PeerChannelTaken, Outcome.RouteTaken,
            Outcome.ChannelNotOpen, Outcome.GraceNotOver, Outcome.PendingDecidedByDelivery,
        ];
        Assert.Empty(Enum.GetValues<Outcome>().Where(outcome => !IsOfChannels(outcome)).Concat(ofOpening).Except(never).Except(met));
    }

    /// <summary>What only channels that carry something are refused for is met by the tests of channels.</summary>
    private static bool IsOfChannels(Outcome outcome) => (int)outcome is (>= 120 and < 200) or >= 400;

    private static void Run(OracleChain chain, int blocks)
    {
        var timeMs = 1_000_000UL;
        for (var i = 0; i < blocks; i++)
        {
            var block = chain.Begin(timeMs);
            if (i == 0)
            {
                chain.Execute(block, chain.Workload.Prologue(timeMs + 1_000));
            }

            for (var t = 0; t < 8; t++)
            {
                chain.Execute(block, chain.Workload.Next(timeMs));
            }

            chain.End(block, StateRootChoice.Now);
            timeMs = chain.Workload.NextTimeMs(timeMs);
        }

        ComparePendings(chain);
    }

    private static void ComparePendings(OracleChain chain)
    {
        foreach (var (number, expected) in chain.Naive.State.Pendings)
        {
            var found = chain.State.Pendings.Read(number);
            Assert.Equal((number, expected.Standing, expected.First, expected.Decider), (number, Standing(found.State), found.GroupFirst, found.Decider));
        }
    }

    private static string Standing(PendingState state) => state.ToString().ToLowerInvariant();
}
