using Actors.Ledger.Hashing;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Blocks;

/// <summary>A transaction as a block holds it: its signatures name keys by keyset and place.</summary>
public sealed record RecordedTransaction(Transaction Transaction, ReadOnlyMemory<byte> SignatureSection);

/// <summary>A stored block, decoded: header, seal, transactions and effect leaves. Form only; nothing is verified against roots.</summary>
public sealed class Block
{
    private Block(ReadOnlyMemory<byte> bytes, BlockHeader header, Hash256 hash, Signature seal, RecordedTransaction[] transactions, ReadOnlyMemory<byte>[] effectLeaves)
    {
        Bytes = bytes;
        Header = header;
        Hash = hash;
        Seal = seal;
        Transactions = transactions;
        EffectLeaves = effectLeaves;
    }

    /// <summary>What it was decoded from; its parts are slices of this.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public BlockHeader Header { get; }

    /// <summary>The header hash.</summary>
    public Hash256 Hash { get; }

    public Signature Seal { get; }

    public IReadOnlyList<RecordedTransaction> Transactions { get; }

    /// <summary>One a transaction, then the expiry leaves, then the touch leaves.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> EffectLeaves { get; }

    /// <exception cref="MalformedException">The bytes are no block of this version.</exception>
    public static Block Parse(ReadOnlyMemory<byte> bytes)
    {
        var reader = new WireReader(bytes.Span);
        var encoded = reader.Bytes(BlockHeader.Size);
        var header = BlockHeader.Decode(encoded);
        var hash = Sha256.Of(encoded);
        var seal = new Signature(reader.Bytes(Signature.Size));
        RequireCount(header.TransactionCount, reader.Remaining);
        var transactions = new RecordedTransaction[header.TransactionCount];
        for (var i = 0; i < transactions.Length; i++)
        {
            transactions[i] = ReadTransaction(ref reader, bytes, header.Genesis);
        }

        RequireCount(header.EffectLeafCount, reader.Remaining);
        var leaves = new ReadOnlyMemory<byte>[header.EffectLeafCount];
        for (var i = 0; i < leaves.Length; i++)
        {
            leaves[i] = ReadSized(ref reader, bytes, "effect leaf");
        }

        reader.End("block");
        return new Block(bytes, header, hash, seal, transactions, leaves);
    }

    /// <summary>Decodes what the block records of a transaction.</summary>
    public TransactionEffect Effect(int transaction) =>
        EffectLeaf.ReadTransaction(EffectLeaves[transaction].Span, Transactions[transaction].Transaction.OperationCount);

    private static RecordedTransaction ReadTransaction(ref WireReader reader, ReadOnlyMemory<byte> bytes, in Hash256 genesis)
    {
        var expiry = new Timestamp(reader.U48());
        var kind = (TransactionKind)reader.U8();
        var count = (int)reader.Varint(1, Limits.OperationsPerTransactionMax, "operation count");
        var operations = ReadSized(ref reader, bytes, "operations");
        var transaction = Transaction.Create(genesis, expiry, kind, count, operations);
        return new RecordedTransaction(transaction, ReadSized(ref reader, bytes, "signature section"));
    }

    private static ReadOnlyMemory<byte> ReadSized(ref WireReader reader, ReadOnlyMemory<byte> bytes, string what)
    {
        var length = (int)reader.Varint(0, Limits.EncodedBlockBytesMax, what + " length");
        var start = reader.Position;
        reader.Bytes(length);
        return bytes.Slice(start, length);
    }

    private static void RequireCount(ulong count, int remaining)
    {
        if (count > (ulong)remaining)
        {
            throw new MalformedException($"the header counts {count} parts, the body has only {remaining} bytes left");
        }
    }
}
