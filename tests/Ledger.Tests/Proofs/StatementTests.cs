using Actors.Ledger.Accounts;
using Actors.Ledger.Aliases;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Proofs;
using Actors.Ledger.Transfers;

namespace Actors.Ledger.Tests.Proofs;

public sealed class StatementTests
{
    private static readonly AccountNumber Alice = new(ProofChain.Alice);
    private readonly ProofChain _chain = new();

    [Fact]
    public void Transfers_pendings_posts_voids_and_expiries_are_on_the_statement()
    {
        BuildHistory(_chain);

        var statement = ProofAssert.Verifies(_chain.Statement(ProofChain.Alice).Encode(), _chain.GenesisHash).Statement!;

        Assert.Equal([7UL, 6, 5, 4, 3, 1], statement.Entries.Select(entry => entry.Height.Value));
        Assert.Equal([0, 0, -30, -120, 0, 1_000], statement.Entries.Select(entry => (long)entry.PostedChange));
        Assert.Equal(0UL, statement.Next.Value);
        _chain.Fixture.State.Accounts.TryRead(ProofChain.Alice, out var record);
        Assert.Equal(record.Posted, (long)statement.PostedChange);
        Assert.True(Assert.Single(statement.Entries[0].Effects).IsExpiry);
        Assert.IsType<Pendings.Void>(Assert.Single(statement.Entries[1].Effects).Operation);
        Assert.Equal(new Settlement(new PendingNumber(2), Alice, new AccountNumber(ProofChain.Bob), 30, 10), Assert.Single(statement.Entries[2].Effects).Settlement);
        Assert.Equal(3, statement.Entries[4].Effects.Count);
    }

    [Fact]
    public void The_first_touch_through_things_created_in_the_same_transaction_is_on_the_statement()
    {
        var entry = Assert.Single(ProofAssert.Verifies(_chain.Statement(ProofChain.Alice).Encode(), _chain.GenesisHash).Statement!.Entries);

        var effect = Assert.Single(entry.Effects);
        Assert.Equal(1_000, effect.PostedChange);
        Assert.IsType<Transfer>(effect.Operation);
    }

    [Fact]
    public void The_statement_of_every_account_adds_up_to_its_balance()
    {
        BuildHistory(_chain);
        foreach (var account in new[] { ProofChain.Issuer, ProofChain.Alice, ProofChain.Bob })
        {
            _chain.Fixture.State.Accounts.TryRead(account, out var record);
            Assert.Equal(record.Posted, (long)ProofAssert.Verifies(_chain.Statement(account).Encode(), _chain.GenesisHash).Statement!.PostedChange);
        }
    }

    [Fact]
    public void A_statement_may_stop_early_and_says_where_it_goes_on()
    {
        BuildHistory(_chain);

        var statement = ProofAssert.Verifies(_chain.Statement(ProofChain.Alice, entriesMax: 2).Encode(), _chain.GenesisHash).Statement!;

        Assert.Equal(5UL, statement.Next.Value);
    }

    [Fact]
    public void A_statement_of_one_of_many_payees_shows_only_that_payee()
    {
        _chain.Fixture.SubmitBulk([.. Enumerable.Range(12, 10).Select(i => ProofChain.Move(ProofChain.Alice, (ulong)i, i))], _chain.AliceKey);
        _chain.Seal();

        var payee = _chain.Statement(15);
        var payer = _chain.Statement(ProofChain.Alice, entriesMax: 1);

        Assert.Equal(3, Assert.Single(payee.Entries[0].Operations).Operation);
        Assert.Null(Assert.Single(payer.Entries[0].Operations).Operation);
        Assert.Equal(15, (long)ProofAssert.Verifies(payee.Encode(), _chain.GenesisHash).Statement!.PostedChange);
        Assert.Equal(-165, (long)ProofAssert.Verifies(payer.Encode(), _chain.GenesisHash).Statement!.PostedChange);
    }

    [Fact]
    public void Settings_are_effects_without_a_change_and_refused_operations_and_aliases_are_none()
    {
        _chain.Fixture.Submit(
            [new SetFloor(ProofChain.Account(2), -50), new SetCeiling(ProofChain.Account(2), 5_000), new Freeze(ProofChain.Account(2)), new Freeze(ProofChain.Account(2), Unfreeze: true)],
            _chain.Fixture.Operator);
        _chain.Fixture.SubmitBulk([new SetAlias(ProofChain.Account(2), "main"), ProofChain.Move(2, 12, 9_999), ProofChain.Move(2, 12, 1)], _chain.AliceKey);
        _chain.Fixture.Submit([ProofChain.Move(2, 12, 9_999)], _chain.AliceKey);
        var block = _chain.Seal();

        var effects = AccountEffects.Of(block, Alice);

        Assert.Equal([(0, 0), (0, 1), (0, 2), (0, 3), (1, 2)], effects.Select(effect => (effect.EffectLeaf, effect.OperationIndex!.Value)));
        Assert.Equal([0, 0, 0, 0, -1], effects.Select(effect => effect.PostedChange));
    }

    [Fact]
    public void A_block_that_did_not_touch_the_account_gives_no_entry()
    {
        Assert.Null(StatementEntryProof.TouchOf(_chain.Block(1), new AccountNumber(3)));
        Assert.Throws<ArgumentException>(() => StatementEntryProof.Build(_chain.Block(1), new AccountNumber(3), null));
    }

    [Fact]
    public void Each_pending_of_a_group_is_an_effect_of_its_own()
    {
        var timeout = new Timestamp(_chain.Fixture.NowMs + 10_000);
        _chain.SealWith(
            [
                new Pending(ProofChain.Account(2), ProofChain.Account(12), 10, timeout, Linked: true),
                new Pending(ProofChain.Account(2), ProofChain.Account(13), 20, timeout, EntityReference.Numbered(3)),
            ],
            _chain.AliceKey);
        var block = _chain.SealWith([new Post(EntityReference.Numbered(1))], _chain.BobKey);

        Assert.Equal([-10, -20], AccountEffects.Of(block, Alice).Select(effect => effect.PostedChange));
        Assert.Equal(-30, (long)ProofAssert.Verifies(_chain.Statement(2, 1).Encode(), _chain.GenesisHash).Statement!.PostedChange);
    }

    [Fact]
    public void Encoding_what_was_decoded_gives_the_same_bytes()
    {
        BuildHistory(_chain);
        var file = _chain.Statement(ProofChain.Alice).Encode();
        Assert.Equal(file, Statement.Decode(file).Encode());
    }

    /// <summary>
    /// Blocks 2 to 8: without Alice's account 2; three pendings of it; two transfers; a post in part; a void; an expiry; without it. A key
    /// changes at 2.
    /// </summary>
    internal static void BuildHistory(ProofChain chain)
    {
        chain.ChangeSealingKey();
        var soon = new Timestamp(chain.Fixture.NowMs + 3_500);
        var later = new Timestamp(chain.Fixture.NowMs + 100_000);
        chain.SealWith(
            [
                new Pending(ProofChain.Account(2), ProofChain.Account(12), 50, soon),
                new Pending(ProofChain.Account(2), ProofChain.Account(12), 40, later),
                new Pending(ProofChain.Account(2), ProofChain.Account(12), 60, later),
            ],
            chain.AliceKey);
        chain.Fixture.SubmitBulk([ProofChain.Move(2, 12, 100), ProofChain.Move(3, 12, 1), ProofChain.Move(2, 12, 20), ProofChain.Move(3, 12, 2)], chain.AliceKey);
        chain.Fixture.Submit([ProofChain.Move(1, 15, 7)], chain.Fixture.Operator);
        chain.Seal();
        chain.SealWith([new Post(EntityReference.Numbered(2), Part: 30)], chain.BobKey);
        chain.SealWith([new Pendings.Void(EntityReference.Numbered(3))], chain.BobKey);
        chain.Seal();
        chain.SealWith([ProofChain.Move(1, 16, 3)], chain.Fixture.Operator);
    }
}
