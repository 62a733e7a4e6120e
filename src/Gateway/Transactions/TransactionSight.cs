using Actors.Engine.Views;
using Actors.Gateway.Chains;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Wire;

namespace Actors.Gateway.Transactions;

/// <summary>
/// How much of a recorded transaction a reader of its own keysets may see: all of it when one of them signed it, otherwise the operations that name one of
/// them or one of their accounts.
/// </summary>
internal sealed class TransactionSight
{
    public static readonly TransactionSight All = new([]) { SeesAll = true };

    private readonly HashSet<int> _operations;

    private TransactionSight(HashSet<int> operations) => _operations = operations;

    public bool SeesAll { get; private init; }

    public bool SeesSomething => SeesAll || _operations.Count > 0;

    public bool SeesOperation(int index) => SeesAll || _operations.Contains(index);

    public static async ValueTask<TransactionSight> OfAsync(ChainRequest request, Block block, RecordedResult result)
    {
        var recorded = block.Transactions[result.Place.Index];
        var created = CreatedNumbers(recorded, result.Effect);
        foreach (var keyset in Signers(recorded.SignatureSection.Span))
        {
            if (IsOwn(keyset))
            {
                return All;
            }
        }

        var seen = new HashSet<int>();
        for (var i = 0; i < recorded.Transaction.OperationCount; i++)
        {
            var parties = OperationParties.Of(OperationCodec.Read(recorded.Transaction.Operation(i)));
            if (parties.Keysets.Any(IsOwn) || await OwnsAnyAsync(request, parties.Accounts.Select(a => Resolve(a, created))) || await OwnsAnyAsync(request, SettledAccounts(result.Effect, i)))
            {
                seen.Add(i);
            }
        }

        return new TransactionSight(seen);

        bool IsOwn(EntityReference keyset) => Resolve(keyset, created) is > 0 and <= uint.MaxValue and var number && request.Caller.Reads(request.Id, new KeysetNumber((uint)number));
    }

    private static async ValueTask<bool> OwnsAnyAsync(ChainRequest request, IEnumerable<ulong> accounts)
    {
        foreach (var number in accounts)
        {
            if (number > 0 && await request.Chain.GetAccountAsync(new AccountNumber(number), current: false, request.Cancellation) is { } account && request.Caller.Reads(request.Id, account.Owner))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The numbers that the transaction's creating operations got, in order; 0 where they got none.</summary>
    private static List<ulong> CreatedNumbers(RecordedTransaction recorded, TransactionEffect effect)
    {
        var byOperation = effect.Operations.ToDictionary(o => o.Operation, o => o.Created);
        var numbers = new List<ulong>();
        for (var i = 0; i < recorded.Transaction.OperationCount; i++)
        {
            if (OperationCodec.Creates((OperationType)recorded.Transaction.Operation(i)[0]) != CreatedKind.None)
            {
                numbers.Add(byOperation.GetValueOrDefault(i));
            }
        }

        return numbers;
    }

    /// <summary>The keysets that the block names behind the signatures (docs/wire-format.md section 6, signature section).</summary>
    private static List<EntityReference> Signers(ReadOnlySpan<byte> section)
    {
        var reader = new WireReader(section);
        var keysets = new List<EntityReference>();
        for (var left = reader.U8(); left > 0; left--)
        {
            var reference = reader.Varint();
            keysets.Add(new EntityReference(reference >> 1, (reference & 1) == 1));
            reader.Bytes(1 + Signature.Size);
        }

        return keysets;
    }

    private static ulong Resolve(EntityReference reference, List<ulong> created) =>
        !reference.IsCreated ? reference.Value : reference.Value < (ulong)created.Count ? created[(int)reference.Value] : 0;

    private static ulong Resolve(AccountReference reference, List<ulong> created)
    {
        var first = Resolve(new EntityReference(reference.Value, reference.IsCreated), created);
        return first == 0 ? 0 : first + reference.Offset;
    }

    private static IEnumerable<ulong> SettledAccounts(TransactionEffect effect, int operation) =>
        effect.Operations.Where(o => o.Operation == operation).SelectMany(o => o.Settlements).SelectMany(s => new[] { s.Debit.Value, s.Credit.Value });
}
