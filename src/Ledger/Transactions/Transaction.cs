using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Transactions;

/// <summary>
/// A transaction whose form is right: every operation decodes, references point at earlier things of the right kind, and
/// all bounds hold. Nothing is known yet about signatures, authority or state. Immutable; holds slices of
/// the bytes it was decoded from, which must not change while it lives.
/// </summary>
public sealed class Transaction
{
    private Transaction(in Hash256 genesis, Timestamp expiry, TransactionKind kind, int count, ReadOnlyMemory<byte> operations)
    {
        Expiry = expiry;
        Kind = kind;
        OperationCount = count;
        Operations = operations;
        OperationEnds = new int[count];
        OperationStructure.Check(operations.Span, OperationEnds, kind);
        OperationsRoot = RootOf(operations.Span, OperationEnds);
        Signed = new byte[SignedBytes.Size];
        SignedBytes.Write(Signed, genesis, expiry, kind, count, OperationsRoot);
        Id = TransactionId.Of(expiry, Signed);
    }

    public TransactionId Id { get; }

    public Timestamp Expiry { get; }

    public TransactionKind Kind { get; }

    public int OperationCount { get; }

    /// <summary>The operations, one after the other.</summary>
    public ReadOnlyMemory<byte> Operations { get; }

    /// <summary>Where each operation ends in <see cref="Operations"/>.</summary>
    internal int[] OperationEnds { get; }

    public Hash256 OperationsRoot { get; }

    /// <summary>The 83 bytes that are signed.</summary>
    internal byte[] Signed { get; }

    public ReadOnlyMemory<byte> SignedMessage => Signed;

    /// <exception cref="MalformedException">An operation, a reference, a count or a bound is wrong.</exception>
    public static Transaction Create(in Hash256 genesis, Timestamp expiry, TransactionKind kind, int count, ReadOnlyMemory<byte> operations)
    {
        if (kind is not (TransactionKind.Atomic or TransactionKind.Bulk or TransactionKind.Proven))
        {
            throw new MalformedException($"transaction kind is {(byte)kind}, expected 1 (atomic), 2 (bulk) or 3 (proven)");
        }

        if (count is < 1 or > Limits.OperationsPerTransactionMax)
        {
            throw new MalformedException($"operation count is {count}, expected 1 to {Limits.OperationsPerTransactionMax}");
        }

        return new Transaction(genesis, expiry, kind, count, operations);
    }

    /// <summary>The encoded bytes of operation <paramref name="index"/>.</summary>
    public ReadOnlySpan<byte> Operation(int index)
    {
        var start = index == 0 ? 0 : OperationEnds[index - 1];
        return Operations.Span[start..OperationEnds[index]];
    }

    /// <summary>The leaf hashes under <see cref="OperationsRoot"/>, computed anew.</summary>
    internal Hash256[] OperationLeafHashes()
    {
        var hashes = new Hash256[OperationCount];
        MerkleTree.LeafHashes(Operations.Span, OperationEnds, hashes);
        return hashes;
    }

    private static Hash256 RootOf(ReadOnlySpan<byte> operations, int[] ends)
    {
        if (ends.Length == 1)
        {
            return MerkleTree.LeafHash(operations);
        }

        var hashes = System.Buffers.ArrayPool<Hash256>.Shared.Rent(ends.Length);
        try
        {
            var leaves = hashes.AsSpan(0, ends.Length);
            MerkleTree.LeafHashes(operations, ends, leaves);
            return MerkleTree.Root(leaves);
        }
        finally
        {
            System.Buffers.ArrayPool<Hash256>.Shared.Return(hashes);
        }
    }
}
