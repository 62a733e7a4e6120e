using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Proofs;

/// <summary>
/// Encoded operations of one transaction: all of them, or one shown alone. Indices are those in the transaction.
/// </summary>
internal sealed class OperationList
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly int[] _ends;
    private List<int>? _creating;

    private OperationList(ReadOnlyMemory<byte> bytes, int[] ends, int first, bool isWhole)
    {
        _bytes = bytes;
        _ends = ends;
        First = first;
        IsWhole = isWhole;
    }

    public ReadOnlyMemory<byte> Bytes => _bytes;

    public int[] Ends => _ends;

    /// <summary>The index of the first operation held.</summary>
    public int First { get; }

    /// <summary>The index after that of the last operation held.</summary>
    public int End => First + _ends.Length;

    public bool IsWhole { get; }

    public static OperationList Of(Transaction transaction) => new(transaction.Operations, transaction.OperationEnds, 0, isWhole: true);

    public static OperationList One(Transaction transaction, int index) =>
        new(transaction.Operation(index).ToArray(), [transaction.Operation(index).Length], index, isWhole: false);

    /// <exception cref="MalformedException">The bytes are not <paramref name="count"/> operations of the right form.</exception>
    public static OperationList ParseWhole(ReadOnlyMemory<byte> bytes, int count)
    {
        var ends = new int[count];
        OperationStructure.Check(bytes.Span, ends);
        return new OperationList(bytes, ends, 0, isWhole: true);
    }

    /// <summary>Operation <paramref name="index"/> of a transaction of <paramref name="count"/>, shown alone.</summary>
    /// <exception cref="MalformedException">The bytes are not one operation, or it is the last and linked.</exception>
    public static OperationList ParseOne(ReadOnlyMemory<byte> bytes, int index, int count)
    {
        if (OperationCodec.Read(bytes.Span).Linked && index == count - 1)
        {
            throw new MalformedException("the last operation is linked to a next one that is not there");
        }

        return new OperationList(bytes, [bytes.Length], index, isWhole: false);
    }

    /// <summary>The encoded operation with this index in the transaction.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var at = index - First;
            return _bytes.Span[(at == 0 ? 0 : _ends[at - 1]).._ends[at]];
        }
    }

    public bool Holds(int index) => index >= First && index < End;

    public OperationType Type(int index) => (OperationType)this[index][0];

    public IOperation Decode(int index) => OperationCodec.Read(this[index]);

    /// <summary>The operation that created the <paramref name="created"/>-th thing of the transaction; null when that cannot be told.</summary>
    public int? Creating(ulong created)
    {
        if (!IsWhole)
        {
            return null;
        }

        if (_creating is null)
        {
            _creating = [];
            for (var i = First; i < End; i++)
            {
                if (OperationCodec.Creates(Type(i)) != CreatedKind.None)
                {
                    _creating.Add(i);
                }
            }
        }

        return created < (ulong)_creating.Count ? _creating[(int)created] : null;
    }
}
