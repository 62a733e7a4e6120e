using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Chains;
using Actors.Ledger.Notes;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Signing;
using Actors.Ledger.Tests.Oracle;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;

namespace Actors.Simulation;

/// <summary>What clients send: the workload that the rules are tested with, and more of what makes an engine work hard.</summary>
internal sealed class Traffic(Random random, Genesis genesis, SimKeys keys, SimClients clients, SimHistory history)
{
    private const ulong MintAccount = 1;
    private const ulong FirstManyAccount = 100;
    private const ulong ManyAccounts = 700;
    private readonly List<SentTransaction> _past = [];
    private (NaiveLedger Ledger, Workload Workload)? _workload;
    private ulong _serial;

    /// <summary>First keysets, assets and accounts, then many accounts.</summary>
    public (byte[] Bytes, SentTransaction? Transaction) Found(ulong nowMs)
    {
        if (history.Ledger.State.Accounts.Count > 0)
        {
            return Send(TransactionKind.Atomic, nowMs, new OpenAccounts(EntityReference.Numbered(2), EntityReference.Numbered(1), ManyAccounts));
        }

        return Sign(NewWorkload().Prologue(nowMs + 5_000));
    }

    /// <summary>An envelope, and what it holds; null when the bytes are garbage.</summary>
    public (byte[] Bytes, SentTransaction? Transaction) Next(ulong nowMs) => random.Next(100) switch
    {
        < 35 => Sign(Workload.Next(nowMs)),
        < 60 => Send(TransactionKind.Atomic, nowMs, Move(MintAccount, Many())),
        < 70 => Send(TransactionKind.Atomic, nowMs, Move(Many(), Many())),
        < 75 => Send(TransactionKind.Bulk, nowMs, [.. Enumerable.Range(0, random.Next(5, 40)).Select(_ => (IOperation)Pend(nowMs))]),
        < 78 => Send(TransactionKind.Atomic, nowMs, Group(nowMs)),
        < 80 => Send(TransactionKind.Atomic, nowMs, new ChangeSealingKey(random.Next(6) == 0 ? SimKeys.Stranger : keys.All[random.Next(keys.All.Count)])),
        < 92 => Again(),
        < 96 => Broken(nowMs),
        _ => (Garbage(), null),
    };

    /// <summary>A transaction that is certain to be recorded.</summary>
    public (byte[] Bytes, SentTransaction Transaction) Fresh(ulong nowMs)
    {
        var note = new Note(EntityReference.Numbered(1), default, new byte[] { 1 });
        var transaction = Transaction.Create(genesis.Hash, new Timestamp(nowMs + 10_000), TransactionKind.Atomic, 1, OperationCodec.Encode([note]));
        return Envelop(transaction, Signers([note]));
    }

    /// <summary>The same transaction, signed anew.</summary>
    public byte[] SignAgain(SentTransaction transaction) => Envelop(transaction.Transaction, [keys.All[0], keys.All[1]]).Bytes;

    // A disk that lost blocks begins with another naive ledger.
    private Workload Workload => _workload is { } known && known.Ledger == history.Ledger ? known.Workload : NewWorkload();

    private Workload NewWorkload()
    {
        var workload = new Workload(random.Next(), genesis.Hash, history.Ledger, keys.All);
        _workload = (history.Ledger, workload);
        return workload;
    }

    private (byte[] Bytes, SentTransaction? Transaction) Again()
    {
        var known = _past[random.Next(4) == 0 ? random.Next(_past.Count) : random.Next(Math.Max(0, _past.Count - 40), _past.Count)];
        var (bytes, _) = Envelop(known.Transaction, Signers([.. Operations(known.Transaction)]));
        if (random.Next(5) == 0)
        {
            bytes[^1] ^= 1;
            Sometimes.Happened("sent again with a bad signature");
        }

        return (bytes, known);
    }

    private (byte[] Bytes, SentTransaction? Transaction) Broken(ulong nowMs)
    {
        var (bytes, transaction) = Send(TransactionKind.Atomic, nowMs, Move(MintAccount, Many()));
        bytes[^random.Next(1, Signature.Size)] ^= 0x10;
        return (bytes, transaction);
    }

    private byte[] Garbage()
    {
        var bytes = _past.Count == 0 ? new byte[100] : SignAgain(_past[random.Next(_past.Count)]);
        bytes[0] = 9;
        return bytes[..random.Next(1, bytes.Length)];
    }

    private static Transfer Move(ulong from, ulong to) =>
        new(AccountReference.Numbered(new AccountNumber(from)), AccountReference.Numbered(new AccountNumber(to)), 1 + (long)(to % 50));

    private Pending Pend(ulong nowMs) => new(
        AccountReference.Numbered(new AccountNumber(MintAccount)),
        AccountReference.Numbered(new AccountNumber(Many())),
        random.Next(1, 9),
        new Timestamp(nowMs + (ulong)random.Next(1, 2_000)));

    private IOperation[] Group(ulong nowMs)
    {
        var decider = EntityReference.Numbered((ulong)random.Next(1, 4));
        var first = Pend(nowMs) with { Decider = decider };
        return [first with { Linked = true }, Pend(nowMs) with { Timeout = first.Timeout, Decider = decider, Linked = true }, Pend(nowMs) with { Timeout = first.Timeout, Decider = decider }];
    }

    private ulong Many() => Math.Min((ulong)history.Ledger.State.Accounts.Count, FirstManyAccount + (ulong)random.Next((int)ManyAccounts / 2));

    private (byte[] Bytes, SentTransaction? Transaction) Send(TransactionKind kind, ulong nowMs, params IOperation[] operations)
    {
        var expiry = nowMs + (random.Next(10) switch { 0 => 5UL, < 5 => (ulong)random.Next(500, 6_000), _ => 20_000 }) + (_serial++ % 1_000);
        return Sign(new Submission(Transaction.Create(genesis.Hash, new Timestamp(expiry), kind, operations.Length, OperationCodec.Encode(operations)), Signers(operations)));
    }

    private (byte[] Bytes, SentTransaction? Transaction) Sign(Submission submission)
    {
        var (bytes, transaction) = Envelop(submission.Transaction, submission.Signers);
        _past.Add(transaction);
        return (bytes, transaction);
    }

    private (byte[] Bytes, SentTransaction Transaction) Envelop(Transaction transaction, IReadOnlyList<PublicKey> signers)
    {
        var signed = keys.Sign(transaction, signers);
        return (Envelope.Encode(genesis.Hash, transaction, signed), clients.Remember(transaction, signed));
    }

    private List<PublicKey> Signers(IReadOnlyList<IOperation> operations)
    {
        var needs = history.Ledger.Authority.Needs(operations);
        var signers = needs.SelectMany(need => need.Keysets).SelectMany(keyset => keyset.Keys).Select(key => key.Key).Distinct();
        return [.. signers.Take(Limits.SignaturesPerTransactionMax).DefaultIfEmpty(keys.All[0])];
    }

    private static IEnumerable<IOperation> Operations(Transaction transaction) =>
        Enumerable.Range(0, transaction.OperationCount).Select(i => OperationCodec.Read(transaction.Operation(i)));
}
