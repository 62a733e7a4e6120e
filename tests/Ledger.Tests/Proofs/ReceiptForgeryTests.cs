using Actors.Ledger.Chains;
using Actors.Ledger.Proofs;

namespace Actors.Ledger.Tests.Proofs;

public sealed class ReceiptForgeryTests
{
    private readonly ProofChain _chain = new();

    [Fact]
    public void A_receipt_with_one_changed_byte_is_refused()
    {
        foreach (var file in Receipts())
        {
            ProofAssert.EveryChangedByteIsRefused(file, _chain.GenesisHash);
        }
    }

    [Fact]
    public void A_receipt_with_one_changed_byte_is_refused_also_when_its_file_hash_is_made_right_again()
    {
        foreach (var file in Receipts())
        {
            foreach (var (forged, at) in ProofAssert.Forged(file))
            {
                Assert.False(ProofVerifier.Verify(forged, _chain.GenesisHash).IsVerified, $"byte {at}");
            }
        }
    }

    [Fact]
    public void Of_two_equal_neighbouring_operations_one_is_not_taken_for_the_other_by_a_changed_byte()
    {
        _chain.Fixture.SubmitBulk([.. Enumerable.Repeat(ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 1), 4)], _chain.AliceKey);
        _chain.Seal();

        ProofAssert.EveryChangedByteIsRefused(_chain.Receipt(2, 0, 2), _chain.GenesisHash);
    }

    [Fact]
    public void A_truncated_or_extended_receipt_is_refused()
    {
        foreach (var file in Receipts())
        {
            ProofAssert.EveryTruncationAndExtensionIsRefused(file, _chain.GenesisHash);
        }
    }

    [Fact]
    public void A_header_sealed_by_a_replaced_key_is_refused()
    {
        var replaced = _chain.Fixture.SealingKey;
        _chain.ChangeSealingKey();
        _chain.SealWith([ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 1)], _chain.AliceKey);
        var anchor = _chain.AnchorAt(3);
        var proof = OperationProof.Build(_chain.Block(3), 0, null);

        var forged = Receipt.Encode(anchor with { Seal = replaced.Sign(anchor.Header.Encode()) }, proof);

        ProofAssert.Verifies(Receipt.Encode(anchor, proof), _chain.GenesisHash);
        ProofAssert.FailsFirst(CheckNames.Seal, forged, _chain.GenesisHash);
    }

    [Fact]
    public void A_change_of_key_that_is_left_out_or_out_of_order_or_not_before_the_header_is_refused()
    {
        _chain.ChangeSealingKey();
        _chain.ChangeSealingKey();
        _chain.SealWith([ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 1)], _chain.AliceKey);
        var anchor = _chain.AnchorAt(4);
        var proof = OperationProof.Build(_chain.Block(4), 0, null);
        var (first, second) = (anchor.KeyChanges[0], anchor.KeyChanges[1]);

        ProofAssert.FailsFirst(CheckNames.Seal, Receipt.Encode(anchor with { KeyChanges = [first] }, proof), _chain.GenesisHash);
        ProofAssert.FailsFirst(CheckNames.KeyChange(1), Receipt.Encode(anchor with { KeyChanges = [second] }, proof), _chain.GenesisHash);
        ProofAssert.FailsFirst(CheckNames.KeyChange(1), Receipt.Encode(anchor with { KeyChanges = [second, first] }, proof), _chain.GenesisHash);
        ProofAssert.FailsFirst(CheckNames.KeyChange(2), Receipt.Encode(anchor with { KeyChanges = [first, first, second] }, proof), _chain.GenesisHash);

        var own = Anchor.Of(_chain.Genesis, [first], _chain.Block(2));
        ProofAssert.FailsFirst(CheckNames.Seal, Receipt.Encode(own, OperationProof.Build(_chain.Block(2), 0, null)), _chain.GenesisHash);
    }

    [Fact]
    public void An_operation_that_changes_no_key_or_was_refused_is_no_key_change()
    {
        var block = _chain.SealWith([ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 1)], _chain.AliceKey);
        _chain.Fixture.SubmitBulk([new ChangeSealingKey(_chain.Fixture.NewKey().Public), new ChangeSealingKey(_chain.Fixture.NewKey().Public)], _chain.Fixture.Operator);
        var changing = _chain.Seal();
        _chain.Seal();

        var unrelated = new KeyChange(block.Header, block.Seal, OperationProof.Build(block, 0, 0));
        var refused = new KeyChange(changing.Header, changing.Seal, OperationProof.Build(changing, 0, 1));

        foreach (var change in new[] { unrelated, refused })
        {
            var anchor = _chain.AnchorAt(3) with { KeyChanges = [change] };
            var failed = ProofAssert.FailsFirst(CheckNames.KeyChange(1), Receipt.Encode(anchor, OperationProof.Build(changing, 0, null)), _chain.GenesisHash);
            Assert.Contains("do not change the sealing key", failed.Sentence);
        }
    }

    [Fact]
    public void A_header_of_another_chain_sealed_by_the_same_key_is_refused()
    {
        var anchor = _chain.AnchorAt(1);
        var header = anchor.Header with { Genesis = new ProofChain().GenesisHash };
        var forged = anchor with { Header = header, Seal = _chain.Fixture.SealingKey.Sign(header.Encode()) };

        ProofAssert.FailsFirst(CheckNames.Genesis, Receipt.Encode(forged, OperationProof.Build(_chain.Block(1), 0, null)), _chain.GenesisHash);
    }

    [Fact]
    public void A_proof_of_another_block_is_refused()
    {
        var other = _chain.SealWith([ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 1)], _chain.AliceKey);

        ProofAssert.FailsFirst(CheckNames.TransactionsRoot, Receipt.Encode(_chain.AnchorAt(1), OperationProof.Build(other, 0, null)), _chain.GenesisHash);
    }

    /// <summary>A whole transaction after a change of key, one operation of a bulk with refusals, and a refused atomic transaction.</summary>
    private List<byte[]> Receipts()
    {
        _chain.ChangeSealingKey();
        _chain.Fixture.Submit([ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 1), ProofChain.Move(ProofChain.Alice, 13, 2)], _chain.AliceKey);
        _chain.Fixture.SubmitBulk([.. Enumerable.Range(1, 7).Select(i => ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 300 * i))], _chain.AliceKey);
        _chain.Fixture.Submit([ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 5_000)], _chain.AliceKey);
        _chain.Seal();
        return [_chain.Receipt(3, 0, null), _chain.Receipt(3, 1, 4), _chain.Receipt(3, 2, 0)];
    }
}
