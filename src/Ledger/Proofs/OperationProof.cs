using Actors.Ledger.Blocks;
using Actors.Ledger.Hashing;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Proofs;

/// <summary>
/// That a block records a transaction and what became of it, showing all of its operations or only one (docs/wire-format.md section
/// 8.2). It holds against that block's header only. Decoding checks form; <see cref="ProofVerifier"/> checks the roots.
/// </summary>
public sealed class OperationProof
{
    private const uint WholeMarker = 0xFFFFFFFF;

    private OperationProof(OperationList shown, int operationCount, ReadOnlyMemory<byte> effectLeaf)
    {
        Shown = shown;
        OperationCount = operationCount;
        EffectLeaf = effectLeaf;
        Effect = Blocks.EffectLeaf.ReadTransaction(effectLeaf.Span, operationCount);
    }

    /// <summary>The transaction's index in its block, and the index of its effect leaf.</summary>
    public required int TransactionIndex { get; init; }

    public required Timestamp Expiry { get; init; }

    public required TransactionKind Kind { get; init; }

    /// <summary>How many operations the transaction has, shown or not.</summary>
    public int OperationCount { get; }

    /// <summary>The one operation shown; null when all are.</summary>
    public int? Operation => Shown.IsWhole ? null : Shown.First;

    /// <summary>What became of the transaction and its operations.</summary>
    public TransactionEffect Effect { get; }

    internal OperationList Shown { get; }

    internal ReadOnlyMemory<byte> EffectLeaf { get; }

    internal Hash256[] OperationPath { get; init; } = [];

    internal Hash256[] TransactionPath { get; init; } = [];

    internal Hash256[] EffectPath { get; init; } = [];

    /// <summary>
    /// The proof of transaction <paramref name="transaction"/> of a block, showing only operation <paramref name="operation"/> if one is
    /// named. All are shown even then where this one names an account that another one opened.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The block has no such transaction or operation.</exception>
    public static OperationProof Build(Block block, int transaction, int? operation) => Build(new BlockTrees(block), transaction, operation);

    internal static OperationProof Build(BlockTrees trees, int transaction, int? operation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(transaction);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(transaction, trees.Block.Transactions.Count);
        var recorded = trees.Block.Transactions[transaction].Transaction;
        var alone = operation is { } wanted && CanStandAlone(trees.Block, transaction, wanted) ? operation : null;
        var shown = alone is { } index ? OperationList.One(recorded, index) : OperationList.Of(recorded);
        return new OperationProof(shown, recorded.OperationCount, trees.Block.EffectLeaves[transaction])
        {
            TransactionIndex = transaction,
            Expiry = recorded.Expiry,
            Kind = recorded.Kind,
            OperationPath = alone is { } leaf ? trees.OperationPath(transaction, leaf) : [],
            TransactionPath = trees.TransactionPath(transaction),
            EffectPath = trees.EffectPath(transaction),
        };
    }

    /// <summary>Whether a proof can show this operation without the others of its transaction.</summary>
    internal static bool CanStandAlone(Block block, int transaction, int operation)
    {
        var recorded = block.Transactions[transaction].Transaction;
        ArgumentOutOfRangeException.ThrowIfNegative(operation);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(operation, recorded.OperationCount);
        return !AccountEffects.NamesCreated(recorded.Operation(operation));
    }

    internal void Write(WireWriter writer)
    {
        writer.U32((uint)TransactionIndex);
        writer.U48(Expiry.Ms);
        writer.U8((byte)Kind);
        writer.U32((uint)OperationCount);
        writer.U32(Operation is { } operation ? (uint)operation : WholeMarker);
        writer.Bytes32(Shown.Bytes.Span);
        if (!Shown.IsWhole)
        {
            HashPath.Write(writer, OperationPath);
        }

        HashPath.Write(writer, TransactionPath);
        writer.Bytes32(EffectLeaf.Span);
        HashPath.Write(writer, EffectPath);
    }

    /// <exception cref="MalformedException">The bytes are no operation proof.</exception>
    internal static OperationProof Read(ref WireReader reader)
    {
        var index = ReadNumber(ref reader, 0, int.MaxValue, "transaction index");
        var expiry = new Timestamp(reader.U48());
        var kind = ReadKind(ref reader);
        var count = ReadNumber(ref reader, 1, Limits.OperationsPerTransactionMax, "operation count");
        var operation = reader.U32();
        var bytes = reader.Bytes32(Limits.EnvelopeBytesMax, "operations").ToArray();
        var shown = operation == WholeMarker ? OperationList.ParseWhole(bytes, count)
            : operation < count ? OperationList.ParseOne(bytes, (int)operation, count)
            : throw new MalformedException($"operation {operation} is shown of a transaction of {count}");
        var operationPath = shown.IsWhole ? [] : HashPath.Read(ref reader);
        var transactionPath = HashPath.Read(ref reader);
        var leaf = reader.Bytes32(Limits.EncodedBlockBytesMax, "effect leaf").ToArray();
        return new OperationProof(shown, count, leaf)
        {
            TransactionIndex = index,
            Expiry = expiry,
            Kind = kind,
            OperationPath = operationPath,
            TransactionPath = transactionPath,
            EffectPath = HashPath.Read(ref reader),
        };
    }

    private static int ReadNumber(ref WireReader reader, int min, int max, string what)
    {
        var value = reader.U32();
        return value >= (uint)min && value <= (uint)max
            ? (int)value
            : throw new MalformedException($"{what} is {value}, expected {min} to {max}");
    }

    private static TransactionKind ReadKind(ref WireReader reader)
    {
        var kind = (TransactionKind)reader.U8();
        return kind is TransactionKind.Atomic or TransactionKind.Bulk
            ? kind
            : throw new MalformedException($"transaction kind is {(byte)kind}, expected 1 (atomic) or 2 (bulk)");
    }
}
