using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Rules;

/// <summary>What is answered before anything of a transaction is looked at, in this order: known id, expired, expiry too far.</summary>
public sealed class AdmissionRules
{
    private const ulong ValidityMs = 300_000;
    private readonly Book _book = new();

    [Fact]
    public void A_known_id_is_answered_with_its_first_place_whoever_signs()
    {
        var transaction = Transfer(1, 1_000);
        var first = _book.Submit(transaction, "alice", "alice: => Committed");
        Assert.True(first.IsRecorded);
        AssertKnown(transaction, "alice", first.Place);
        AssertKnown(transaction, "stranger", first.Place);
        _book.EndBlock((_, _) => { });
        AssertKnown(transaction, "alice+stranger", first.Place);
        _book.NowMs += 1_000;
        _book.EndBlock((_, _) => { });
        AssertKnown(transaction, "alice", first.Place);
    }

    [Fact]
    public void A_refused_transaction_has_spent_its_id()
    {
        var transaction = Transfer(5_000, 1_000);
        var first = _book.Submit(transaction, "alice", "");
        Assert.Equal((Outcome.BelowFloor, true), (first.Outcome, first.IsRecorded));
        AssertKnown(transaction, "alice", first.Place);
    }

    [Fact]
    public void An_answered_transaction_has_not_spent_its_id()
    {
        var transaction = Transfer(1, 1_000);
        Assert.Equal(Outcome.MissingSignature, _book.Submit(transaction, "bob", "").Outcome);
        Assert.True(_book.Submit(transaction, "alice", "").IsRecorded);
    }

    [Theory]
    [InlineData(0, Outcome.Expired)]
    [InlineData(-1, Outcome.Expired)]
    [InlineData(1, Outcome.Committed)]
    [InlineData((long)ValidityMs, Outcome.Committed)]
    [InlineData((long)ValidityMs + 1, Outcome.ExpiryTooFar)]
    public void An_expiry_lies_after_the_block_and_not_too_far(long expiresInMs, Outcome expected) =>
        Assert.Equal(expected, _book.Submit(Transfer(1, expiresInMs), "alice", "").Outcome);

    [Fact]
    public void An_expiry_is_judged_before_signatures_and_state()
    {
        Assert.Equal(Outcome.Expired, _book.Submit(Transfer(5_000, 0), "stranger", "").Outcome);
        Assert.Equal(Outcome.ExpiryTooFar, _book.Submit(Transfer(5_000, (long)ValidityMs + 1), "stranger", "").Outcome);
        Assert.Equal(Outcome.MissingSignature, _book.Submit(Transfer(5_000, 1), "stranger", "").Outcome);
    }

    [Fact]
    public void An_id_is_known_until_well_after_its_expiry()
    {
        var transaction = Transfer(1, 1_000);
        var first = _book.Submit(transaction, "alice", "alice: => Committed");
        for (var i = 0; i < 10; i++)
        {
            _book.EndBlock((_, _) => { });
            _book.NowMs += 10_000;
            var again = _book.Submit(transaction, "alice", "");
            Assert.True(again.Outcome == Outcome.Expired || (again.Outcome == Outcome.AlreadyCommitted && again.Place == first.Place), $"{again}");
            Assert.True(i >= 2 || again.Outcome == Outcome.AlreadyCommitted, "forgotten too early");
        }
    }

    private void AssertKnown(Transaction transaction, string signers, TransactionPlace place)
    {
        var again = _book.Submit(transaction, signers, "");
        Assert.Equal(new ExecutionResult(Outcome.AlreadyCommitted, 0, place), again);
    }

    private Transaction Transfer(long amount, long expiresInMs)
    {
        var operations = new ScriptOperations(_book.Names, _book.NowMs).Read($"transfer a b {amount}");
        var expiry = new Timestamp((ulong)((long)_book.NowMs + expiresInMs));
        return Transaction.Create(_book.Genesis.Hash, expiry, TransactionKind.Atomic, 1, OperationCodec.Encode(operations));
    }
}
