using Actors.Ledger.Accounts;
using Actors.Ledger.Assets;
using Actors.Ledger.Hashing;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;

namespace Actors.Ledger.Tests.Oracle;

/// <summary>A transaction of a workload and the keys that are to sign it.</summary>
public sealed record Submission(Transaction Transaction, IReadOnlyList<PublicKey> Signers);

/// <summary>
/// Random transactions from a seed, made against what the naive ledger knows, so that most are authorized and many go through. The first
/// key is the operator's and the sealing key; keyset 1 holds it alone at first.
/// </summary>
public sealed class Workload(int seed, Hash256 genesis, NaiveLedger ledger, IReadOnlyList<PublicKey> keys)
{
    private readonly Random _random = new(seed);
    private readonly List<Submission> _past = [];
    private ulong _serial;

    /// <summary>Opens keysets, assets and accounts, so that what follows has something to work with.</summary>
    public Submission Prologue(ulong expiryMs)
    {
        var (operations, funding) = (new List<IOperation>(), new List<IOperation>());
        for (var i = 1; i < keys.Count; i++)
        {
            operations.Add(new OpenKeyset(KeysetDefinition.Single(keys[i])));
        }

        var keysets = operations.Count;
        foreach (var (code, restricted) in new[] { ("EUR", false), ("GOLD", true) })
        {
            var asset = EntityReference.Created(operations.Count);
            operations.Add(new CreateAsset(EntityReference.Created(0), 2, code, restricted));
            var mint = operations.Count;
            operations.Add(new OpenAccounts(EntityReference.Created(0), asset, 1, AccountLimits.NoFloor));
            for (var i = 0; i < keysets; i++)
            {
                operations.Add(new OpenAccounts(EntityReference.Created(i), asset, 3));
            }

            funding.AddRange(Enumerable.Range(1, keysets).Select(i => (IOperation)new Transfer(AccountReference.Created(mint), AccountReference.Created(mint + i), 100_000)));
        }

        return Submit(TransactionKind.Atomic, [.. operations, .. funding], keys, expiryMs);
    }

    public ulong NextTimeMs(ulong timeMs) => timeMs + (_random.Next(20) switch { 0 => 40_000UL, < 6 => 0, _ => (ulong)_random.Next(1, 2_500) });

    public Submission Next(ulong timeMs)
    {
        if (_past.Count > 0 && _random.Next(40) == 0)
        {
            return _past[_random.Next(Math.Max(0, _past.Count - 50), _past.Count)];
        }

        var kind = _random.Next(2) == 0 ? TransactionKind.Atomic : TransactionKind.Bulk;
        var count = _random.Next(20) == 0 ? _random.Next(10, 40) : _random.Next(1, kind == TransactionKind.Atomic ? 5 : 12);
        var operations = new WorkloadOperations(_random, ledger.State, timeMs, keys).Next(count);
        var expiry = timeMs + (_random.Next(100) switch { 0 => 0, 1 => 300_001, _ => 30_000 + _serial++ });
        return Submit(kind, operations, Signers(operations), expiry);
    }

    private Submission Submit(TransactionKind kind, List<IOperation> operations, IReadOnlyList<PublicKey> signers, ulong expiryMs)
    {
        var transaction = Transaction.Create(genesis, new Timestamp(expiryMs), kind, operations.Count, OperationCodec.Encode(operations));
        _past.Add(new Submission(transaction, signers));
        return _past[^1];
    }

    /// <summary>The keys that are needed; now and then one is left out, or one too many signs.</summary>
    private List<PublicKey> Signers(List<IOperation> operations)
    {
        var needs = ledger.Authority.Needs(operations);
        var signers = needs.SelectMany(need => need.Keysets).SelectMany(keyset => keyset.Keys).Select(key => key.Key).Distinct()
            .Take(Limits.SignaturesPerTransactionMax).ToList();
        if (signers.Count > 0 && _random.Next(10) == 0)
        {
            signers.RemoveAt(_random.Next(signers.Count));
        }

        if (signers.Count == 0 || _random.Next(40) == 0)
        {
            signers.Add(keys[_random.Next(keys.Count)]);
        }

        return [.. signers.Distinct()];
    }
}
