using Actors.Cli.Client;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;
using Actors.ProcessTests.Load;
using Void = Actors.Ledger.Pendings.Void;

namespace Actors.ProcessTests.Oracle;

/// <summary>
/// What the accounts must hold if exactly what the node says is recorded was done, in its order, and nothing else. Knows nothing of
/// blocks or pages: operations as they were sent, outcomes as they were told.
/// </summary>
internal sealed class Balances
{
    private readonly Dictionary<ulong, (long Posted, long PendingOut, long PendingIn)> _accounts = [];
    private readonly Dictionary<ulong, OpenPending> _open = [];
    private readonly Dictionary<int, ulong> _created = [];
    private int _creating;

    /// <summary>Pendings that nobody has decided.</summary>
    public IReadOnlyDictionary<ulong, OpenPending> Open => _open;

    public static Balances Of(IEnumerable<Sent> recorded)
    {
        var balances = new Balances();
        foreach (var sent in recorded.OrderBy(sent => sent.Answer!.Height).ThenBy(sent => sent.Answer!.Index))
        {
            balances.Apply(sent);
        }

        return balances;
    }

    public (long Posted, long PendingOut, long PendingIn) this[ulong account] => _accounts.GetValueOrDefault(account);

    /// <summary>It timed out: what was set aside is released.</summary>
    public void Expire(ulong pending)
    {
        Assert.True(_open.Remove(pending, out var expired));
        Move(expired.Debit, 0, -expired.Amount, 0);
        Move(expired.Credit, 0, 0, -expired.Amount);
    }

    private void Apply(Sent sent)
    {
        if (sent.Answer!.Outcome != Outcome.Committed)
        {
            return;
        }

        _created.Clear();
        _creating = 0;
        var told = sent.Answer.Operations.ToDictionary(operation => operation.Operation);
        for (var i = 0; i < sent.Operations.Count; i++)
        {
            var answer = told.GetValueOrDefault(i);
            if (answer is null || answer.Outcome == Outcome.Committed)
            {
                Apply(sent.Operations[i], answer);
            }
        }
    }

    private void Apply(IOperation operation, OperationAnswer? answer)
    {
        if (OperationCodec.Creates(operation.Type) != CreatedKind.None)
        {
            _created[_creating++] = answer!.Created!.Value;
        }

        switch (operation)
        {
            case Transfer transfer:
                Move(Number(transfer.Debit), -transfer.Amount, 0, 0);
                Move(Number(transfer.Credit), transfer.Amount, 0, 0);
                break;
            case Pending pending:
                var open = new OpenPending(Number(pending.Debit), Number(pending.Credit), pending.Amount, pending.Timeout.Ms);
                _open.Add(answer!.Created!.Value, open);
                Move(open.Debit, 0, open.Amount, 0);
                Move(open.Credit, 0, 0, open.Amount);
                break;
            case Post post:
                Settle(post.Pending.Value, part => post.Part ?? part, answer!);
                break;
            case Void given:
                Settle(given.Pending.Value, _ => 0, answer!);
                break;
        }
    }

    private void Settle(ulong number, Func<long, long> postedOf, OperationAnswer answer)
    {
        Assert.True(_open.Remove(number, out var open), $"pending {number} was settled twice, or never made");
        var posted = postedOf(open.Amount);
        Assert.Equal(new SettlementAnswer(number, open.Debit, open.Credit, posted, open.Amount - posted), Assert.Single(answer.Settlements));
        Move(open.Debit, -posted, -open.Amount, 0);
        Move(open.Credit, posted, 0, -open.Amount);
    }

    private ulong Number(AccountReference account) => account.IsCreated ? _created[(int)account.Value] + account.Offset : account.Value;

    private void Move(ulong account, long posted, long pendingOut, long pendingIn)
    {
        var before = this[account];
        _accounts[account] = (before.Posted + posted, before.PendingOut + pendingOut, before.PendingIn + pendingIn);
    }
}

internal readonly record struct OpenPending(ulong Debit, ulong Credit, long Amount, ulong TimeoutMs);
