using Actors.Ledger.Blocks;
using Actors.Ledger.Signing;
using Actors.Ledger.State;
using Actors.Ledger.Tests.Oracle;
using Actors.Ledger.Tests.Rules;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Tests.Replay;

public sealed class ReplayTests
{
    [Theory]
    [InlineData(21, 300)]
    [InlineData(22, 200)]
    public void Replay_from_the_genesis_gives_every_byte_again(int seed, int blocks)
    {
        var chain = new OracleChain(seed, signs: true);
        var stored = Live(chain, seed, blocks);
        var state = ChainState.Create(chain.Genesis, new NoPages());
        using var signatures = new SignatureCheck();
        var replay = new BlockReplay(state, signatures);
        foreach (var block in stored)
        {
            Assert.Equal(block, replay.Replay(block).Encode(Block.Parse(block).Seal));
        }

        Assert.Equal(StateDump.Of(chain.State), StateDump.Of(state));
        Assert.Equal(StateDump.OfHead(chain.State, []), StateDump.OfHead(state, []));
        Assert.Equal(NaiveRoot.Of(chain.State), state.Tables.BeginCut().Compute().Root);
        Assert.True(signatures.Checked > blocks);
    }

    [Fact]
    public void Roots_are_those_of_a_naive_computation()
    {
        for (var seed = 0; seed < 7; seed++)
        {
            var chain = new OracleChain(seed);
            Live(chain, seed, 12, afterEach: draft =>
            {
                if (draft.Cut is { Roots: { } roots })
                {
                    Assert.Equal(NaiveRoot.Of(chain.State), roots.Root);
                }
            });
        }
    }

    [Fact]
    public void A_flipped_bit_anywhere_in_a_block_is_detected()
    {
        var random = new Random(7);
        var chain = new OracleChain(3, keys: 3, signs: true);
        var stored = Live(chain, 3, 3);
        var target = stored[^1];
        Assert.Equal(2, Block.Parse(target).Transactions.Count);
        using var signatures = new SignatureCheck();
        Ahead(chain, stored[..^1], signatures).Replay(target);
        var ahead = Ahead(chain, stored[..^1], signatures);
        for (var at = 0; at < target.Length; at++)
        {
            var flipped = target.ToArray();
            flipped[at] ^= (byte)(1 << random.Next(8));
            var thrown = Record.Exception(() => ahead.Replay(flipped));

            // What is wrong in header or seal is found before anything is executed, so the same state can be used again.
            ahead = at < BlockHeader.Size + Signature.Size ? ahead : Ahead(chain, stored[..^1], signatures);
            Assert.True(thrown is BrokenInvariantException or MalformedException, $"byte {at} of {target.Length}: {thrown?.ToString() ?? "not detected"}");
        }
    }

    [Fact]
    public void A_block_cut_short_or_made_longer_is_detected()
    {
        var chain = new OracleChain(3, keys: 3, signs: true);
        var target = Live(chain, 3, 3)[^1];
        for (var length = 0; length < target.Length; length++)
        {
            Assert.Throws<MalformedException>(() => Block.Parse(target.AsMemory(0, length)));
        }

        Assert.Throws<MalformedException>(() => Block.Parse((byte[])[.. target, 0]));
    }

    [Fact]
    public void A_block_out_of_its_place_is_detected()
    {
        var chain = new OracleChain(3, keys: 3, signs: true);
        var stored = Live(chain, 3, 3);
        Assert.Throws<BrokenInvariantException>(() => Replay(chain, [stored[1]]));
        Assert.Throws<BrokenInvariantException>(() => Replay(chain, [stored[0], stored[0]]));
        Assert.Throws<BrokenInvariantException>(() => Replay(chain, [stored[0], stored[2]]));
        Assert.Throws<BrokenInvariantException>(() => Replay(new OracleChain(4, keys: 3), stored));
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public void A_state_root_older_than_a_second_is_detected(int ageMs, bool isTaken)
    {
        var chain = ChainFixture.Create();
        chain.Seal();
        var root = chain.LastDraft!.Cut!.Roots!.Root;
        chain.NowMs = chain.LastDraft.Header.Time.Ms + (ulong)ageMs;
        chain.Seal(StateRootChoice.Carry(1, root));

        Assert.Equal(isTaken, IsReplayed(chain, out var complaint));
        Assert.True(isTaken || complaint.Contains("1001 ms old", StringComparison.Ordinal), complaint);
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(1_001, false)]
    public void A_state_root_older_than_a_thousand_blocks_is_detected(int blocks, bool isTaken)
    {
        var chain = ChainFixture.Create();
        chain.Seal();
        var root = chain.LastDraft!.Cut!.Roots!.Root;
        for (var i = 0; i < blocks; i++)
        {
            chain.NowMs = chain.LastDraft.Header.Time.Ms;
            chain.Seal(StateRootChoice.Carry(1, root));
        }

        Assert.Equal(isTaken, IsReplayed(chain, out var complaint));
        Assert.True(isTaken || complaint.Contains("at most 1000 blocks before it", StringComparison.Ordinal), complaint);
    }

    [Fact]
    public void The_state_of_the_genesis_is_as_old_as_the_genesis()
    {
        var chain = ChainFixture.Create();
        var root = chain.State.Head.StateRoot;
        chain.NowMs = ChainFixture.CreatedMs + Limits.StateLagMsMax + 1;
        chain.Seal(StateRootChoice.Carry(0, root));

        Assert.False(IsReplayed(chain, out _));
    }

    private static bool IsReplayed(ChainFixture chain, out string complaint)
    {
        var replay = new BlockReplay(ChainState.Create(chain.Genesis, new NoPages()));
        try
        {
            foreach (var block in chain.Blocks)
            {
                replay.Replay(block);
            }

            complaint = "";
            return true;
        }
        catch (Exception refused) when (refused is BrokenInvariantException or MalformedException)
        {
            complaint = refused.Message;
            return false;
        }
    }

    private static List<byte[]> Live(OracleChain chain, int seed, int blocks, Action<BlockDraft>? afterEach = null)
    {
        var chooser = new RootChooser(new Random(seed), chain.State);
        var stored = new List<byte[]>();
        var timeMs = 1_000_000UL;
        for (var i = 0; i < blocks; i++)
        {
            var block = chain.Begin(timeMs);
            if (i == 0)
            {
                chain.Execute(block, chain.Workload.Prologue(timeMs + 1_000));
            }

            for (var t = i % 4; t > 0; t--)
            {
                chain.Execute(block, chain.Workload.Next(timeMs));
            }

            stored.Add(chain.End(block, chooser.Next(timeMs)));
            chooser.Note(chain.LastDraft!);
            afterEach?.Invoke(chain.LastDraft!);
            timeMs = chain.Workload.NextTimeMs(timeMs);
        }

        return stored;
    }

    private static void Replay(OracleChain chain, IEnumerable<byte[]> blocks)
    {
        using var signatures = new SignatureCheck();
        Ahead(chain, blocks, signatures);
    }

    private static BlockReplay Ahead(OracleChain chain, IEnumerable<byte[]> blocks, SignatureCheck signatures)
    {
        var replay = new BlockReplay(ChainState.Create(chain.Genesis, new NoPages()), signatures);
        foreach (var block in blocks)
        {
            replay.Replay(block);
        }

        return replay;
    }
}
