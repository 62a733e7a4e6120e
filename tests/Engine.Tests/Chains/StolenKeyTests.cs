using Actors.Engine.Chains;
using Actors.Engine.Intake;
using Actors.Ledger.Accounts;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Tests.Chains;

/// <summary>Signatures are checked before their turn comes; whether they count is decided when it does.</summary>
public sealed class StolenKeyTests
{
    [Fact]
    public async Task A_transfer_verified_before_and_executed_after_its_key_was_changed_is_refused()
    {
        var (stolen, fresh) = (new TestKey(), new TestKey());
        await using var host = new SimHost();
        var book = await host.Start().FoundAsync(3);
        await book.SendAsync(book.Envelope(
            [new OpenKeyset(stolen.Keyset), new OpenAccounts(EntityReference.Created(0), EntityReference.Numbered(1), 1), new Ledger.Transfers.Transfer(TestBook.Account(1), AccountReference.Created(1), 50)],
            stolen,
            book.Operator));
        var change = book.Envelope([new ChangeKeyset(EntityReference.Numbered(2), fresh.Keyset)], stolen);
        var theft = book.Envelope([TestBook.Move(5, 2, 50)], stolen);
        await host.StopAsync();

        var (core, answers) = (host.Recover(), new NoAnswers());
        var verifier = new SubmissionVerifier(new KeyCache(10));
        var submissions = new[] { change, theft }.Select(bytes => new Submission(bytes, 0)).ToArray();
        Array.ForEach(submissions, submission => verifier.Verify(submission, core.State.Genesis.Hash));
        Assert.All(submissions, submission => Assert.True(submission.IsVerified && submission.Refusal is null));
        Assert.All(submissions, submission => Assert.True(core.TryExecute(submission, answers)));
        Assert.Equal(Outcome.MissingSignature, (await submissions[1].Answer).Outcome);
        Assert.False(submissions[0].Answer.IsCompleted);
    }

    [Fact]
    public async Task After_the_change_only_the_new_key_moves_the_money()
    {
        var (stolen, fresh) = (new TestKey(), new TestKey());
        await using var node = new TestNode();
        var book = await node.CreateAsync();
        await book.SendAsync(book.Envelope(
            [new OpenKeyset(stolen.Keyset), new OpenAccounts(EntityReference.Created(0), EntityReference.Numbered(1), 1), new Ledger.Transfers.Transfer(TestBook.Account(1), AccountReference.Created(1), 50)],
            stolen,
            book.Operator));
        Assert.Equal(Outcome.Committed, (await book.SendAsync(book.Envelope([new ChangeKeyset(EntityReference.Numbered(2), fresh.Keyset)], stolen))).Outcome);
        Assert.Equal(Outcome.MissingSignature, (await book.SendAsync(book.Envelope([TestBook.Move(12, 2, 50)], stolen))).Outcome);
        Assert.Equal(Outcome.Committed, (await book.SendAsync(book.Envelope([TestBook.Move(12, 2, 50)], fresh))).Outcome);
    }

    private sealed class NoAnswers : ICoreAnswers
    {
        public void AnswerAlreadyCommitted(Submission submission, TransactionPlace place) => Assert.Fail("nothing was sent twice");

        public void AnswerExpired(Submission submission, ulong committedThrough) => Assert.Fail("nothing expired");
    }
}
