using Actors.Engine.Clocks;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Assets;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;

namespace Actors.Engine.Tests.Chains;

/// <summary>
/// What a test does with a chain: asset 1, account 1 without a floor, through which money enters, and ordinary accounts from 2 on, all
/// of keyset 1, the operator's.
/// </summary>
internal sealed class TestBook(ILedgerChain chain, TestKey @operator, IChainClock clock)
{
    private long _serial;

    public ILedgerChain Chain => chain;

    public TestKey Operator => @operator;

    /// <summary>Creates the asset and opens the accounts.</summary>
    public async Task<TestBook> FoundAsync(ulong accounts)
    {
        await CommitAsync(
            new CreateAsset(EntityReference.Numbered(1), 2, "EUR"),
            new OpenAccounts(EntityReference.Numbered(1), EntityReference.Created(0), 1, AccountLimits.NoFloor),
            new OpenAccounts(EntityReference.Numbered(1), EntityReference.Created(0), accounts));
        return this;
    }

    public static AccountReference Account(ulong number) => AccountReference.Numbered(new AccountNumber(number));

    public static Transfer Move(ulong from, ulong to, long amount) => new(Account(from), Account(to), amount);

    /// <summary>An atomic transaction that expires in a minute; no two are the same.</summary>
    public byte[] Envelope(IReadOnlyList<IOperation> operations, params TestKey[] keys) =>
        Envelope(operations, clock.UnixMs + 60_000 + (ulong)(Interlocked.Increment(ref _serial) % 10_000), keys);

    public byte[] Envelope(IReadOnlyList<IOperation> operations, ulong expiryMs, params TestKey[] keys)
    {
        var transaction = Make(operations, expiryMs);
        var signers = (keys.Length == 0 ? [@operator] : keys).Select(key => key.Sign(transaction.SignedMessage.Span)).ToArray();
        return Ledger.Transactions.Envelope.Encode(chain.Genesis.Hash, transaction, signers);
    }

    public TransactionId IdOf(byte[] envelope) => Ledger.Transactions.Envelope.Parse(envelope, chain.Genesis.Hash).Transaction.Id;

    public Task<SubmissionResult> SendAsync(byte[] envelope) => chain.SubmitAsync(envelope, CancellationToken.None).AsTask();

    public Task<SubmissionResult> SendAsync(params IOperation[] operations) => SendAsync(Envelope(operations));

    /// <summary>Sends and requires it to be committed.</summary>
    public async Task<RecordedResult> CommitAsync(params IOperation[] operations)
    {
        var result = await SendAsync(operations);
        Assert.True(result.Outcome == Outcome.Committed, $"{result}");
        return result.Recorded!;
    }

    public async Task<AccountView> ReadAsync(ulong account) => (await chain.GetAccountAsync(new AccountNumber(account), true, CancellationToken.None))!;

    public async Task<long> PostedAsync(ulong account) => (await ReadAsync(account)).Posted;

    public async Task<long[]> PostedAsync(ulong first, ulong last)
    {
        var posted = new List<long>();
        for (var number = first; number <= last; number++)
        {
            posted.Add(await PostedAsync(number));
        }

        return [.. posted];
    }

    private Transaction Make(IReadOnlyList<IOperation> operations, ulong expiryMs) =>
        Transaction.Create(chain.Genesis.Hash, new Timestamp(expiryMs), TransactionKind.Atomic, operations.Count, OperationCodec.Encode(operations));
}
