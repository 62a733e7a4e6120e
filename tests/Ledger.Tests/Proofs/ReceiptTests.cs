using Actors.Ledger.Accounts;
using Actors.Ledger.Chains;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Proofs;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Proofs;

public sealed class ReceiptTests
{
    private readonly ProofChain _chain = new();

    [Fact]
    public void A_transaction_of_one_operation_is_proven()
    {
        var block = _chain.SealWith([ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 70)], _chain.AliceKey);

        var verification = ProofAssert.Verifies(_chain.Receipt(2, 0, null), _chain.GenesisHash);

        Assert.Equal(ProofFileKind.Receipt, verification.Kind);
        var transaction = verification.Transaction!;
        Assert.Equal(block.Transactions[0].Transaction.Id, transaction.Id);
        Assert.Equal(new TransactionPlace(new Height(2), 0), transaction.Place);
        Assert.Equal(Outcome.Committed, transaction.Outcome);
        Assert.Equal(ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 70), Assert.Single(transaction.Operations).Operation);
        Assert.Contains(new Claim("operation 0", "transfer 70 from account 2 to account 12: Committed (0)"), verification.Claims);
    }

    [Fact]
    public void One_operation_of_a_bulk_of_8192_is_proven_without_the_others()
    {
        var operations = Enumerable.Range(0, 8_192).Select(i => (IOperation)ProofChain.Move(ProofChain.Issuer, ProofChain.Bob, i + 1)).ToList();
        operations[77] = ProofChain.Move(ProofChain.Issuer, 4_711, 1);
        _chain.Fixture.Submit([ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 1)], _chain.AliceKey);
        _chain.Fixture.SubmitBulk(operations, _chain.Fixture.Operator);
        _chain.Seal();

        var committed = _chain.Receipt(2, 1, 5_000);
        var refused = _chain.Receipt(2, 1, 77);

        Assert.InRange(committed.Length, 1, 2_048);
        var shown = Assert.Single(ProofAssert.Verifies(committed, _chain.GenesisHash).Transaction!.Operations);
        Assert.Equal((5_000, Outcome.Committed), (shown.Index, shown.Outcome));
        Assert.Equal(ProofChain.Move(ProofChain.Issuer, ProofChain.Bob, 5_001), shown.Operation);
        Assert.Equal(Outcome.CreditAccountNotFound, Assert.Single(ProofAssert.Verifies(refused, _chain.GenesisHash).Transaction!.Operations).Outcome);
    }

    [Fact]
    public void A_refused_atomic_transaction_is_proven()
    {
        _chain.SealWith([ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 1), ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 5_000)], _chain.AliceKey);

        var transaction = ProofAssert.Verifies(_chain.Receipt(2, 0, null), _chain.GenesisHash).Transaction!;

        Assert.Equal(Outcome.BelowFloor, transaction.Outcome);
        Assert.Equal([null, Outcome.BelowFloor], transaction.Operations.Select(operation => operation.Outcome));
    }

    [Fact]
    public void What_a_transaction_created_is_proven()
    {
        var transaction = ProofAssert.Verifies(_chain.Receipt(1, 0, null), _chain.GenesisHash).Transaction!;

        Assert.Equal([1UL, 1, 2, 2, 3, 12, 0], transaction.Operations.Select(operation => operation.Created));
    }

    [Fact]
    public void An_operation_is_shown_without_the_others_of_its_bulk_even_where_they_created_something()
    {
        var pending = new Pending(ProofChain.Account(ProofChain.Alice), ProofChain.Account(ProofChain.Bob), 5, new Timestamp(_chain.Fixture.NowMs + 60_000));
        _chain.Fixture.SubmitBulk([pending, ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 1)], _chain.AliceKey);
        _chain.Seal();

        Assert.Single(ProofAssert.Verifies(_chain.Receipt(2, 0, 0), _chain.GenesisHash).Transaction!.Operations);
        Assert.Single(ProofAssert.Verifies(_chain.Receipt(2, 0, 1), _chain.GenesisHash).Transaction!.Operations);
    }

    [Fact]
    public void Changes_of_the_sealing_key_are_followed()
    {
        _chain.ChangeSealingKey();
        _chain.SealWith([ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 1)], _chain.AliceKey);
        _chain.ChangeSealingKey();
        _chain.SealWith([ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 2)], _chain.AliceKey);

        for (var height = 1; height <= 5; height++)
        {
            ProofAssert.Verifies(_chain.Receipt(height, 0, null), _chain.GenesisHash);
        }

        Assert.Equal(CheckStatus.Passed, ProofVerifier.Verify(_chain.Receipt(5, 0, null), _chain.GenesisHash).Find(CheckNames.KeyChange(2))!.Status);
    }

    [Fact]
    public void A_change_that_names_lost_blocks_is_followed_as_any_other_and_says_what_was_lost()
    {
        var height = (ulong)_chain.Head + 1;
        var key = _chain.Fixture.NewKey();
        _chain.SealWith([new ChangeSealingKey(key.Public, new LostBlocks(height, 3, Sha256.Of("lost"u8)))], _chain.Fixture.Operator);
        _chain.SealWith([ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 1)], _chain.AliceKey);

        Assert.Equal(key, _chain.Fixture.SealingKey);
        ProofAssert.Verifies(_chain.Receipt(_chain.Head, 0, null), _chain.GenesisHash);
        var told = (ChangeSealingKey)ProofAssert.Verifies(_chain.Receipt((int)height, 0, null), _chain.GenesisHash).Transaction!.Operations[0].Operation;
        Assert.Equal((height + 2, Sha256.Of("lost"u8)), (told.Lost!.Value.Last, told.Lost.Value.Header));
    }

    [Fact]
    public void Three_hundred_changes_of_the_sealing_key_are_followed()
    {
        for (var i = 0; i < 300; i++)
        {
            _chain.ChangeSealingKey();
        }

        _chain.SealWith([ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 1)], _chain.AliceKey);

        var file = _chain.Receipt(_chain.Head, 0, null);
        ProofAssert.Verifies(file, _chain.GenesisHash);
        ProofAssert.Verifies(_chain.AccountProof(ProofChain.Alice), _chain.GenesisHash);
        ProofAssert.Verifies(_chain.Statement(ProofChain.Alice).Encode(), _chain.GenesisHash);
        Assert.Equal(300, Receipt.Decode(file).Anchor.KeyChanges.Count);
    }

    [Fact]
    public void A_change_of_key_among_other_operations_is_found()
    {
        var key = _chain.Fixture.NewKey();
        _chain.Fixture.Submit([ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 1)], _chain.AliceKey);
        _chain.Fixture.SubmitBulk(
            [
                new Freeze(ProofChain.Account(ProofChain.Bob)),
                new ChangeSealingKey(key.Public),
                new ChangeSealingKey(_chain.Fixture.NewKey().Public),
            ],
            _chain.Fixture.Operator);
        _chain.Seal();
        _chain.Seal();
        _chain.SealWith([ProofChain.Move(ProofChain.Alice, 3, 1)], _chain.AliceKey);

        Assert.Equal(key.Public, Assert.Single(_chain.KeyChanges).NewKey);
        ProofAssert.Verifies(_chain.Receipt(4, 0, 0), _chain.GenesisHash);
    }

    [Fact]
    public void A_block_without_a_change_of_key_gives_no_key_change()
    {
        Assert.Null(KeyChange.TryBuild(_chain.Block(1)));
        Assert.Throws<ArgumentException>(() => KeyChange.Build(_chain.Block(1)));
    }

    [Fact]
    public void Without_a_genesis_hash_a_receipt_is_not_anchored()
    {
        var verification = ProofVerifier.Verify(_chain.Receipt(1, 0, null), null);

        Assert.False(verification.IsVerified);
        var failed = Assert.Single(verification.Checks, check => check.Status == CheckStatus.Failed);
        Assert.Equal((CheckNames.Anchored, "not anchored"), (failed.Name, failed.Sentence));
    }

    [Fact]
    public void A_receipt_of_another_chain_is_refused()
    {
        var failed = ProofAssert.FailsFirst(CheckNames.Anchored, _chain.Receipt(1, 0, null), new ProofChain().GenesisHash);
        Assert.Contains(_chain.GenesisHash.ToString(), failed.Sentence);
    }

    [Fact]
    public void Encoding_what_was_decoded_gives_the_same_bytes()
    {
        _chain.ChangeSealingKey();
        _chain.SealWith([ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 1), ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 2)], _chain.AliceKey);
        foreach (var operation in new int?[] { null, 1 })
        {
            var file = _chain.Receipt(3, 0, operation);
            var decoded = Receipt.Decode(file);
            Assert.Equal(file, Receipt.Encode(decoded.Anchor, decoded.Proof));
        }
    }

    [Fact]
    public void Every_leaf_of_every_tree_size_to_40_has_the_path_of_RFC_6962()
    {
        for (var size = 1; size <= 40; size++)
        {
            var leaves = Enumerable.Range(0, size).Select(i => Sha256.Of([(byte)i])).ToArray();
            var levels = new TreeLevels(leaves);
            for (var leaf = 0; leaf < size; leaf++)
            {
                Assert.Equal(MerkleTree.InclusionPath(leaves, leaf), levels.Path(leaf));
            }
        }
    }
}
