using Actors.Engine.Chains;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Hashing;
using Actors.Ledger.Proofs;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Tests.Chains;

public sealed class ProofTests
{
    [Fact]
    public async Task Receipts_from_before_and_after_several_changes_of_the_sealing_key_are_all_verified()
    {
        await using var node = new TestNode();
        var book = await node.CreateAsync();
        var ids = new List<TransactionId>();
        for (var change = 0; change < 4; change++)
        {
            ids.Add(await SendAsync(book, TestBook.Move(1, 2, 1)));
            var key = await book.Chain.PrepareSealingKeyAsync(CancellationToken.None);
            ids.Add(await SendAsync(book, new ChangeSealingKey(key)));
            Assert.Equal(key, (await book.Chain.GetStatusAsync(true, CancellationToken.None)).SealingKey);
        }

        ids.Add(await SendAsync(book, TestBook.Move(1, 2, 1)));
        var receipts = await Receipts(book, ids);
        await node.StopAsync();
        book = await node.FindAsync();
        Assert.Equal(receipts, await Receipts(book, ids));
        await book.CommitAsync(TestBook.Move(1, 2, 1));
        await node.StopAsync();
        var report = await TestNode.AuditAsync(node.DataFolder);
        Assert.Empty(report.Findings);
        Assert.Equal(4, report.SealingKeyChanges.Count);
    }

    [Fact]
    public async Task A_sealing_key_that_the_node_does_not_hold_is_not_accepted()
    {
        await using var node = new TestNode();
        var book = await node.CreateAsync();
        Assert.Equal(Outcome.SealingKeyUnknown, (await book.SendAsync(new ChangeSealingKey(new TestKey().Public))).Outcome);
        await book.CommitAsync(TestBook.Move(1, 2, 1));
    }

    [Fact]
    public async Task Accounts_are_proven_used_untouched_and_missing_also_while_the_state_root_lags()
    {
        await using var node = new TestNode { Options = new ChainOptions { OwnRootPagesMax = 0, StateLagMs = 20 } };
        var book = await node.CreateAsync(accounts: 5_000);
        var load = Task.Run(async () =>
        {
            for (ulong i = 0; i < 150; i++)
            {
                await Task.WhenAll(book.CommitAsync(TestBook.Move(1, 2 + i, 1)), book.CommitAsync(TestBook.Move(1, 2_000 + (7 * i), 1)));
            }
        });
        for (var i = 0; i < 15; i++)
        {
            var before = await book.PostedAsync(2);
            Assert.True((await ProveAsync(book, 2))!.Posted >= before);
            Assert.Equal(new Height(0), (await ProveAsync(book, 4_999))!.LastBlock);
            Assert.Null(await ProveAsync(book, 5_002));
        }

        await load;
        Assert.Equal(-300, (await ProveAsync(book, 1))!.Posted);
    }

    [Fact]
    public async Task Every_header_is_proven_to_be_in_the_history_of_every_later_one()
    {
        await using var node = new TestNode();
        var book = await node.CreateAsync();
        for (var i = 0; i < 20; i++)
        {
            await book.CommitAsync(TestBook.Move(1, 2, 1));
        }

        for (ulong height = 1; height < 21; height += 3)
        {
            var proof = await book.Chain.ProveHistoryAsync(new Height(height), new Height(21), CancellationToken.None);
            Assert.True(MerkleTree.TryRootFromPath(MerkleTree.LeafHash(proof!.HeaderHash.AsSpan()), height, 21, [.. proof.Path], out var root));
            Assert.Equal(proof.HistoryRoot, root);
        }

        Assert.Null(await book.Chain.ProveHistoryAsync(new Height(3), new Height(22), CancellationToken.None));
    }

    private static async Task<TransactionId> SendAsync(TestBook book, Ledger.Operations.IOperation operation)
    {
        var envelope = book.Envelope([operation]);
        Assert.Equal(Outcome.Committed, (await book.SendAsync(envelope)).Outcome);
        return book.IdOf(envelope);
    }

    private static async Task<List<byte[]>> Receipts(TestBook book, List<TransactionId> ids)
    {
        var receipts = new List<byte[]>();
        foreach (var id in ids)
        {
            var receipt = await book.Chain.GetReceiptAsync(id, 0, CancellationToken.None);
            var verification = ProofVerifier.Verify(receipt, book.Chain.Genesis.Hash);
            Assert.True(verification.IsVerified, string.Join("; ", verification.Checks));
            Assert.Equal(id, verification.Transaction!.Id);
            receipts.Add(receipt!);
        }

        return receipts;
    }

    private static async Task<ProvenAccount?> ProveAsync(TestBook book, ulong account)
    {
        var verification = ProofVerifier.Verify(await book.Chain.ProveAccountAsync(new AccountNumber(account), CancellationToken.None), book.Chain.Genesis.Hash);
        Assert.True(verification.IsVerified, string.Join("; ", verification.Checks));
        return verification.Account;
    }
}
