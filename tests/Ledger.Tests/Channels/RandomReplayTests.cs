using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.State;
using Actors.Ledger.Tests.Replay;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Tests.Channels;

/// <summary>What holds of every block holds of blocks that open channels, send, receive, acknowledge and time out, as random worlds make them.</summary>
public sealed class RandomReplayTests
{
    private const int Steps = 250;
    private const int FlipsEach = 300;

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public void Replay_from_the_genesis_gives_every_byte_again(int seed)
    {
        foreach (var party in Run(seed).Parties)
        {
            var state = ChainState.Create(party.Fixture.Genesis, new Rules.NoPages());
            using var signatures = new SignatureCheck();
            var replay = new BlockReplay(state, signatures);
            foreach (var block in party.Fixture.Blocks)
            {
                Assert.Equal(block, replay.Replay(block).Encode(Block.Parse(block).Seal));
            }

            Assert.Equal(StateDump.Of(party.State), StateDump.Of(state));
            Assert.Equal(StateDump.OfHead(party.State, []), StateDump.OfHead(state, []));
            Assert.Equal(NaiveRoot.Of(party.State), state.Tables.BeginCut().Compute().Root);
        }
    }

    [Fact]
    public void A_block_that_is_taken_back_leaves_nothing_and_comes_out_the_same_again()
    {
        var random = new Random(31);
        var seen = new HashSet<OperationType>();
        foreach (var party in new[] { 31, 32, 33 }.SelectMany(seed => Run(seed).Parties))
        {
            var state = ChainState.Create(party.Fixture.Genesis, new Rules.NoPages());
            var replay = new BlockReplay(state);
            foreach (var stored in party.Fixture.Blocks)
            {
                var block = Block.Parse(stored);
                var types = block.Transactions.SelectMany(Types).ToHashSet();
                if (types.IsSubsetOf(seen) && random.Next(10) > 0)
                {
                    replay.Replay(stored).Release();
                    continue;
                }

                seen.UnionWith(types);
                var before = (StateDump.Of(state), StateDump.OfHead(state, []));
                Execute(party, state, block).Abandon();
                Assert.Equal(before, (StateDump.Of(state), StateDump.OfHead(state, [])));
                var draft = Execute(party, state, block).Finish(StateRootChoice.Now);
                draft.RollBack();
                Assert.Equal(before, (StateDump.Of(state), StateDump.OfHead(state, [])));
                Assert.Equal(stored, replay.Replay(stored).Encode(block.Seal));
            }

            Assert.Equal(StateDump.Of(party.State), StateDump.Of(state));
        }

        OperationType[] expected = [OperationType.Send, OperationType.UpdatePeer, OperationType.ConfirmChannel, OperationType.Receive, OperationType.Acknowledge, OperationType.TimeOut, OperationType.PauseChannel];
        Assert.Empty(expected.Except(seen));
    }

    [Theory]
    [InlineData(OperationType.Send)]
    [InlineData(OperationType.Receive)]
    [InlineData(OperationType.Acknowledge)]
    [InlineData(OperationType.TimeOut)]
    public void A_flipped_bit_in_a_block_over_channels_is_detected(OperationType type)
    {
        var (party, at) = Find(type);
        var target = party.Fixture.Blocks[at];
        var random = new Random((int)type);
        var ahead = Ahead(party, at);
        for (var flip = 0; flip < FlipsEach; flip++)
        {
            var place = BlockHeader.Size + Signature.Size + random.Next(target.Length - BlockHeader.Size - Signature.Size);
            var flipped = target.ToArray();
            flipped[place] ^= (byte)(1 << random.Next(8));
            var thrown = Record.Exception(() => ahead.Replay(flipped));
            Assert.True(thrown is BrokenInvariantException or MalformedException, $"byte {place} of {target.Length}: {thrown?.ToString() ?? "not detected"}");
            ahead = Ahead(party, at);
        }

        ahead.Replay(target);
    }

    /// <summary>A small world in which the last block of a chain holds an operation of this type.</summary>
    private static (Party Party, int Block) Find(OperationType type)
    {
        var pair = new Pair();
        switch (type)
        {
            case OperationType.Send:
                pair.Send(10);
                break;
            case OperationType.Receive:
                pair.Send(10);
                pair.Send(11, to: 999);
                pair.Link.Receive(pair.Away);
                break;
            case OperationType.Acknowledge:
                pair.Send(10, to: 999);
                pair.Link.Receive(pair.Away);
                pair.Link.Acknowledge(pair.Home);
                break;
            default:
                pair.Send(10, timeoutInMs: 30_000);
                pair.Away.Fixture.NowMs += 60_000;
                pair.Away.Seal();
                pair.Link.TimeOut(pair.Home, new Ledger.Channels.Settling.SequenceRange(1, 1));
                break;
        }

        var party = type == OperationType.Receive ? pair.Away : pair.Home;
        var at = party.Fixture.Blocks.Count - 1;
        Assert.Contains(type, Block.Parse(party.Fixture.Blocks[at]).Transactions.SelectMany(Types));
        return (party, at);
    }

    private static BlockReplay Ahead(Party party, int blocks)
    {
        var replay = new BlockReplay(ChainState.Create(party.Fixture.Genesis, new Rules.NoPages()), new SignatureCheck());
        for (var i = 0; i < blocks; i++)
        {
            replay.Replay(party.Fixture.Blocks[i]);
        }

        return replay;
    }

    private static BlockExecution Execute(Party party, ChainState state, Block block)
    {
        var execution = new BlockExecution(state, block.Header.Time.Ms);
        foreach (var recorded in block.Transactions)
        {
            Signer[] signers = recorded.Transaction.Kind == TransactionKind.Proven ? [] : [new Signer(party.Fixture.Operator.Public, default)];
            Assert.True(execution.Execute(recorded.Transaction, signers).IsRecorded);
        }

        return execution;
    }

    private static IEnumerable<OperationType> Types(RecordedTransaction recorded) =>
        Enumerable.Range(0, recorded.Transaction.OperationCount).Select(i => (OperationType)recorded.Transaction.Operation(i)[0]);

    private static RandomWorld Run(int seed)
    {
        var world = new RandomWorld(seed);
        for (var i = 0; i < Steps; i++)
        {
            world.Step();
        }

        return world;
    }
}
