using Actors.Ledger.Accounts;
using Actors.Ledger.Blocks;
using Actors.Ledger.Signing;
using Actors.Ledger.State;
using Actors.Ledger.Tests.Rules;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Tests.Vectors;

/// <summary>docs/wire-format.md section 6.</summary>
public sealed class BlockVectorTests
{
    private readonly VectorChain _vectors = new();

    [Fact]
    public void Headers_and_blocks_are_as_pinned()
    {
        var chain = _vectors.Chain;
        VectorFile.Pins("06-blocks", new
        {
            section = "6. Block",
            genesis = chain.Genesis.Encoded.Hex(),
            genesisHash = chain.GenesisHash.ToString(),
            touchLeaf = MilestoneLeaf(),
            blocks = Blocks(),
            refused = Refusals(),
        });
    }

    private PublicKey SealingKey(int height) =>
        height <= VectorChain.KeyChanged ? _vectors.FirstSealingKey.Public : _vectors.Chain.Fixture.SealingKey.Public;

    /// <summary>Every block, replayed from the genesis with its signatures checked.</summary>
    private List<object> Blocks()
    {
        using var signatures = new SignatureCheck();
        var replay = Replay(signatures);
        return [.. _vectors.Chain.Fixture.Blocks.Select((block, i) => (replay.Replay(block), Described: Describe(i + 1)).Described)];
    }

    private BlockReplay Replay(SignatureCheck signatures) => new(ChainState.Create(_vectors.Chain.Genesis, new NoPages()), signatures);

    /// <summary>A leaf of which one touch is a milestone; a chain has none before the 1,024th touch of an account.</summary>
    private static object MilestoneLeaf()
    {
        const ulong height = 5_000;
        Touch[] touches = [new(7, -250, 4_999, false, 0), new(8, long.MaxValue, 4_000, true, 2_976), new(9, 0, 0, true, 0)];
        var writer = new WireWriter();
        writer.U8(EffectLeaf.TouchTag);
        writer.Varint((ulong)touches.Length);
        foreach (var touch in touches)
        {
            touch.Write(writer, height);
        }

        Assert.Equal(touches, EffectLeaf.ReadTouches(writer.Written, new Height(height)));
        return new { height = height.ToString(), bytes = writer.Written.Hex(), touches = touches.Select(Effects.Of) };
    }

    private object Describe(int height)
    {
        var bytes = _vectors.Chain.Fixture.Blocks[height - 1];
        var block = _vectors.Block(height);
        Assert.True(Es256.Verify(SealingKey(height), bytes.AsSpan(0, BlockHeader.Size), block.Seal));
        var header = block.Header;
        return new
        {
            height = height.ToString(),
            sealingKey = SealingKey(height).ToString(),
            headerHash = block.Hash.ToString(),
            timeMs = header.Time.Ms.ToString(),
            previous = header.Previous.ToString(),
            historyRoot = header.HistoryRoot.ToString(),
            stateHeight = header.StateHeight.Value.ToString(),
            stateRoot = header.StateRoot.ToString(),
            counts = new[] { header.TransactionCount, header.OperationCount, header.ExpiryCount, header.PacketCount, header.TouchCount },
            stateCut = header.StateCut,
            transactions = Enumerable.Range(0, block.Transactions.Count).Select(i => new
            {
                id = block.Transactions[i].Transaction.Id.ToString(),
                signatureSection = block.Transactions[i].SignatureSection.Hex(),
                effect = Effects.Of(block.Effect(i)),
            }),
            touches = Effects.Touches(block),
            bytes = bytes.Hex(),
        };
    }

    private List<object> Refusals()
    {
        var bytes = _vectors.Chain.Fixture.Blocks[VectorChain.Settlement - 1];
        const int magicAt = 7, flagsAt = BlockHeader.Size - 1, sealAt = BlockHeader.Size, bodyAt = sealAt + Signature.Size;
        var header = _vectors.Block(VectorChain.Settlement).Header;
        var resealed = (header with { TouchCount = header.TouchCount - 1 }).Encode();
        return
        [
            Refused("another magic", Flip(bytes, magicAt)),
            Refused("an unknown flag", Flip(bytes, flagsAt, 2)),
            Refused("a flag that the seal does not cover", Flip(bytes, flagsAt)),
            Refused("another seal", Flip(bytes, sealAt)),
            Refused("another expiry", Flip(bytes, bodyAt)),
            Refused("another signature", Flip(bytes, bodyAt + 20)),
            Refused("another effect", Flip(bytes, bytes.Length - 1)),
            Refused("a byte missing", bytes[..^1]),
            Refused("a byte left over", [.. bytes, 0]),
            Refused("a count that is not that of the touches, sealed", [.. resealed, .. _vectors.FirstSealingKey.Sign(resealed).AsSpan(), .. bytes.AsSpan(bodyAt)]),
        ];
    }

    private object Refused(string why, byte[] bytes)
    {
        using var signatures = new SignatureCheck();
        var replay = Replay(signatures);
        foreach (var block in _vectors.Chain.Fixture.Blocks.Take(VectorChain.Settlement - 1))
        {
            replay.Replay(block);
        }

        var refusal = Record.Exception(() => replay.Replay(bytes));
        Assert.True(refusal is MalformedException or BrokenInvariantException, why);
        return new { why, height = VectorChain.Settlement.ToString(), bytes = bytes.Hex() };
    }

    private static byte[] Flip(byte[] bytes, int at, byte bits = 1)
    {
        var changed = bytes.ToArray();
        changed[at] ^= bits;
        return changed;
    }
}
