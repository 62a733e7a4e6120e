using Actors.Ledger.Accounts;
using Actors.Ledger.Blocks;
using Actors.Ledger.Channels;
using Actors.Ledger.Hashing;
using Actors.Ledger.Pendings;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Proofs;

/// <summary>
/// What one block did to an account: the touch that names the block before, every operation, expiry and packet that changed the
/// account (docs/wire-format.md section 8.5).
/// </summary>
/// <param name="Header">The block's header; the anchor's own when there is no path.</param>
/// <param name="HistoryPath">From the header's hash to the history root of the anchor's header; null for the anchor's own block.</param>
/// <param name="TouchLeaf">The touch leaf that names the account.</param>
/// <param name="Operations">In the order of the block.</param>
/// <param name="ExpiryLeaves">In the order of the block.</param>
/// <param name="PacketLeaves">In the order of the block.</param>
public sealed record StatementEntryProof(
    BlockHeader Header,
    IReadOnlyList<Hash256>? HistoryPath,
    EffectLeafProof TouchLeaf,
    IReadOnlyList<OperationProof> Operations,
    IReadOnlyList<EffectLeafProof> ExpiryLeaves,
    IReadOnlyList<EffectLeafProof> PacketLeaves)
{
    private const byte OwnBlockMarker = 0xFF;

    internal IReadOnlyList<Touch> Touches { get; } = EffectLeaf.ReadTouches(TouchLeaf.Leaf.Span, Header.Height);

    internal IReadOnlyList<IReadOnlyList<Settlement>> Expiries { get; } = [.. ExpiryLeaves.Select(leaf => EffectLeaf.ReadExpiries(leaf.Leaf.Span))];

    internal IReadOnlyList<IReadOnlyList<PacketEffect>> Packets { get; } = [.. PacketLeaves.Select(leaf => EffectLeaf.ReadPackets(leaf.Leaf.Span))];

    /// <summary>
    /// The entry for a block that touched the account. Operations of other accounts are shown only with a transaction that cannot
    /// be read otherwise (see <see cref="OperationProof.Build(Block, int, int?)"/>) or most of whose operations are this account's.
    /// </summary>
    /// <exception cref="ArgumentException">The block did not touch the account.</exception>
    public static StatementEntryProof Build(Block block, AccountNumber account, IReadOnlyList<Hash256>? historyPath)
    {
        var trees = new BlockTrees(block);
        var effects = AccountEffects.Of(block, account);
        var expiryLeaves = effects.Where(effect => effect.IsExpiry).Select(effect => effect.EffectLeaf).Distinct();
        var packetLeaves = effects.Where(effect => effect.Packet is not null).Select(effect => effect.EffectLeaf).Distinct();
        return new StatementEntryProof(
            block.Header,
            historyPath,
            EffectLeafProof.Build(trees, TouchLeafOf(block, account)),
            BuildOperations(trees, effects),
            [.. expiryLeaves.Select(leaf => EffectLeafProof.Build(trees, leaf))],
            [.. packetLeaves.Select(leaf => EffectLeafProof.Build(trees, leaf))]);
    }

    /// <summary>The block's touch of an account; null when it has none.</summary>
    public static Touch? TouchOf(Block block, AccountNumber account)
    {
        for (var i = FirstTouchLeaf(block.Header); i < block.EffectLeaves.Count; i++)
        {
            foreach (var touch in EffectLeaf.ReadTouches(block.EffectLeaves[i].Span, block.Header.Height))
            {
                if (touch.Account == account.Value)
                {
                    return touch;
                }
            }
        }

        return null;
    }

    internal static int FirstTouchLeaf(BlockHeader header) => (int)Math.Min(int.MaxValue, header.FirstTouchLeaf);

    internal void Write(WireWriter writer)
    {
        if (HistoryPath is null)
        {
            writer.U8(OwnBlockMarker);
        }
        else
        {
            HashPath.Write(writer, HistoryPath);
            writer.Bytes(Header.Encode());
        }

        TouchLeaf.Write(writer);
        writer.U32((uint)Operations.Count);
        foreach (var operation in Operations)
        {
            operation.Write(writer);
        }

        Write(writer, ExpiryLeaves);
        Write(writer, PacketLeaves);
    }

    /// <exception cref="MalformedException">The bytes are no statement entry.</exception>
    internal static StatementEntryProof Read(ref WireReader reader, BlockHeader anchor)
    {
        var length = reader.U8();
        var path = length == OwnBlockMarker ? null : HashPath.Read(ref reader, length);
        var header = path is null ? anchor : BlockHeader.Decode(reader.Bytes(BlockHeader.Size));
        var touchLeaf = EffectLeafProof.Read(ref reader);
        var operations = new List<OperationProof>();
        for (var left = reader.U32(); left > 0; left--)
        {
            operations.Add(OperationProof.Read(ref reader));
        }

        return new StatementEntryProof(header, path, touchLeaf, operations, ReadLeaves(ref reader), ReadLeaves(ref reader));
    }

    private static void Write(WireWriter writer, IReadOnlyList<EffectLeafProof> leaves)
    {
        writer.U16(checked((ushort)leaves.Count));
        foreach (var leaf in leaves)
        {
            leaf.Write(writer);
        }
    }

    private static List<EffectLeafProof> ReadLeaves(ref WireReader reader)
    {
        var leaves = new List<EffectLeafProof>();
        for (var left = reader.U16(); left > 0; left--)
        {
            leaves.Add(EffectLeafProof.Read(ref reader));
        }

        return leaves;
    }

    private static int TouchLeafOf(Block block, AccountNumber account)
    {
        for (var i = FirstTouchLeaf(block.Header); i < block.EffectLeaves.Count; i++)
        {
            if (EffectLeaf.ReadTouches(block.EffectLeaves[i].Span, block.Header.Height).Any(touch => touch.Account == account.Value))
            {
                return i;
            }
        }

        throw new ArgumentException($"block {block.Header.Height} did not touch account {account}", nameof(account));
    }

    private static List<OperationProof> BuildOperations(BlockTrees trees, IReadOnlyList<AccountEffect> effects)
    {
        var proofs = new List<OperationProof>();
        foreach (var transaction in effects.Where(effect => effect.OperationIndex is not null).GroupBy(effect => effect.EffectLeaf))
        {
            var operations = transaction.Select(effect => effect.OperationIndex!.Value).Distinct().ToList();
            var most = operations.Count * 2 > trees.Block.Transactions[transaction.Key].Transaction.OperationCount;
            if (most || !operations.TrueForAll(operation => OperationProof.CanStandAlone(trees.Block, transaction.Key, operation)))
            {
                proofs.Add(OperationProof.Build(trees, transaction.Key, null));
            }
            else
            {
                proofs.AddRange(operations.Select(operation => OperationProof.Build(trees, transaction.Key, operation)));
            }
        }

        return proofs;
    }
}
