using Actors.Engine.Chains;
using Actors.Engine.Faults;
using Actors.Engine.Recovery;
using Actors.Engine.Sealing;
using Actors.Engine.Stores;
using Actors.Engine.Stores.Sqlite;
using Actors.Engine.Tests.Chains;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Proofs;
using Actors.Ledger.Transactions;
using Actors.Simulation.Stores;

namespace Actors.Engine.Tests.Recovery;

/// <summary>A chain goes on after its store was replaced by an older copy: only when its operator signed what was lost.</summary>
public sealed class LossRecoveryTests : IAsyncLifetime
{
    private readonly TestNode _node = new() { Options = new ChainOptions { SnapshotLogBytes = 1_000 } };
    private TestBook _book = null!;
    private byte[] _lostReceipt = null!;
    private TransactionId _lostId;
    private ulong _keptHeight;
    private NotedHead _lost;

    /// <summary>Three payments, an old copy, three more that are lost with everything but the head file.</summary>
    public async Task InitializeAsync()
    {
        _book = await _node.CreateAsync();
        await PayAsync();
        await _node.StopAsync();
        var copy = Path.Combine(_node.Root, "older");
        BackupTests.Copy(_node.ChainFolder, copy);
        _book = await _node.FindAsync();
        _keptHeight = (await _book.Chain.GetStatusAsync(true, CancellationToken.None)).Height.Value;
        _lostId = await PayAsync();
        _lostReceipt = (await _book.Chain.GetReceiptAsync(_lostId, null, CancellationToken.None))!;
        var status = await _book.Chain.GetStatusAsync(true, CancellationToken.None);
        _lost = new NotedHead(status.Height.Value, status.HeaderHash);
        await _node.StopAsync();
        BackupTests.Copy(_node.ChainFolder, Path.Combine(_node.Root, "whole"));
        var head = await File.ReadAllBytesAsync(HeadPath);
        Directory.Delete(_node.ChainFolder, recursive: true);
        BackupTests.Copy(copy, _node.ChainFolder);
        await File.WriteAllBytesAsync(HeadPath, head);
    }

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact]
    public async Task After_the_operator_signed_what_was_lost_the_chain_goes_on_under_a_new_key()
    {
        await RequireRefusedAsync();
        var lost = await RecoverAsync();
        Assert.Equal(new LostBlocks(_keptHeight + 1, (uint)(_lost.Height - _keptHeight), _lost.Hash), lost);

        var book = await _node.FindAsync();
        Assert.Equal(3, await book.PostedAsync(2));
        Assert.Null(await book.Chain.GetReceiptAsync(_lostId, null, CancellationToken.None));
        var move = book.Envelope([TestBook.Move(1, 2, 5)]);
        Assert.Equal(Outcome.Committed, (await book.SendAsync(move)).Outcome);
        var receipt = (await book.Chain.GetReceiptAsync(book.IdOf(move), null, CancellationToken.None))!;
        Assert.True(ProofVerifier.Verify(receipt, book.Chain.Genesis.Hash).IsVerified);
        Assert.True(ProofVerifier.Verify(_lostReceipt, book.Chain.Genesis.Hash).IsVerified, "what was acknowledged stays provable");
        await _node.StopAsync();
        Assert.Empty((await TestNode.AuditAsync(_node.DataFolder)).Findings);
    }

    [Fact]
    public async Task Until_that_is_recorded_nobody_else_opens_the_chain()
    {
        await using (Open())
        {
        }

        var refused = await RequireRefusedAsync();
        Assert.Contains("'actors chain recover' was begun and did not end", refused.Message);
        await RecoverAsync();
        Assert.Equal(3, await (await _node.FindAsync()).PostedAsync(2));
    }

    [Fact]
    public async Task A_store_that_has_the_blocks_may_be_put_back_as_long_as_nothing_is_recorded()
    {
        await using (Open())
        {
        }

        foreach (var file in Directory.EnumerateFiles(Path.Combine(_node.Root, "whole")))
        {
            File.Copy(file, Path.Combine(_node.ChainFolder, Path.GetFileName(file)), overwrite: true);
        }

        var book = await _node.FindAsync();
        Assert.Equal(6, await book.PostedAsync(2));
        Assert.NotNull(await book.Chain.GetReceiptAsync(_lostId, null, CancellationToken.None));
    }

    [Fact]
    public async Task Cut_off_after_the_record_it_is_only_to_be_ended()
    {
        await using (var first = Open())
        {
            await RecordAsync(first);
        }

        await RequireRefusedAsync();
        await using (var second = Open())
        {
            Assert.Equal(second.Lost, second.Recorded);
            Assert.Equal(_keptHeight + 1, second.Head.Height);
            second.Accept();
        }

        Assert.Equal(3, await (await _node.FindAsync()).PostedAsync(2));
    }

    [Fact]
    public async Task A_stranger_cannot_sign_it_and_nothing_is_accepted_without_it()
    {
        await using (var recovery = Open())
        {
            var envelope = _book.Envelope([new ChangeSealingKey(recovery.CreateSealingKey(), recovery.Lost)], new TestKey());
            Assert.Equal(Outcome.MissingSignature, (await recovery.RecordAsync(envelope, CancellationToken.None)).Outcome);
            Assert.Throws<InvalidOperationException>(recovery.Accept);
        }

        await RequireRefusedAsync();
    }

    [Fact]
    public async Task A_snapshot_of_lost_blocks_is_dropped_and_made_again()
    {
        // Only the log is an older copy: the snapshot is ahead of it.
        await RecoverAsync();
        _book = await _node.FindAsync();
        await _node.StopAsync();
        var log = await File.ReadAllBytesAsync(LogPath);
        _book = await _node.FindAsync();
        for (var i = 0; i < 20; i++)
        {
            await PayAsync();
        }

        await _node.StopAsync();
        Assert.NotNull(ReadManifest());
        await File.WriteAllBytesAsync(LogPath, log);
        await RecoverAsync();
        Assert.Equal(3, await (await _node.FindAsync()).PostedAsync(2));
        await PayAsync(await _node.FindAsync());
        await _node.StopAsync();
        Assert.Empty((await TestNode.AuditAsync(_node.DataFolder)).Findings);
    }

    [Fact]
    public async Task Where_nothing_is_noted_the_operator_says_which_head_was_lost()
    {
        File.Delete(HeadPath);
        await using (var unaware = Open())
        {
            Assert.Null(unaware.Lost);
        }

        await using (var told = Open(_lost))
        {
            Assert.Equal(_lost.Hash, told.Lost!.Value.Header);
            await RecordAsync(told);
            told.Accept();
        }

        Assert.Equal(3, await (await _node.FindAsync()).PostedAsync(2));
    }

    [Fact]
    public async Task A_chain_that_lost_nothing_is_left_as_it_is()
    {
        await RecoverAsync();
        await using (var whole = Open())
        {
            Assert.Null(whole.Lost);
            whole.Accept();
        }

        Assert.Equal(3, await (await _node.FindAsync()).PostedAsync(2));
    }

    [Fact]
    public void The_simulated_store_does_the_same()
    {
        var place = new SimPlace();
        var store = place.Create("main", Stores.TestBlocks.Genesis);
        var epoch = store.TakeEpoch().Epoch;
        Stores.TestBlocks.AppendThrough(store, epoch, 5);
        store.WriteHeadFile(5, Stores.TestBlocks.HashOf(5));
        store.Disk.LoseBlocksAbove(3);
        var stores = new SimNodeStore(place);
        Assert.Throws<HeadBehindException>(() => stores.OpenChain("main"));
        var reopened = stores.ReopenAfterLoss("main");
        Assert.Equal(new NotedHead(5, Stores.TestBlocks.HashOf(5)), reopened.Noted);
        Assert.Throws<HeadBehindException>(() => stores.OpenChain("main"));
        Assert.Equal(3UL, reopened.Store.TakeEpoch().Height);
        reopened.Accept();
        Assert.Equal(3UL, stores.OpenChain("main").TakeEpoch().Height);
    }

    private string HeadPath => Path.Combine(_node.ChainFolder, "head");

    private string LogPath => Path.Combine(_node.ChainFolder, "log.db");

    private Task<TransactionId> PayAsync() => PayAsync(_book);

    /// <summary>Three payments of 1 to account 2; the id of the last.</summary>
    private static async Task<TransactionId> PayAsync(TestBook book)
    {
        byte[] move = [];
        for (var i = 0; i < 3; i++)
        {
            move = book.Envelope([TestBook.Move(1, 2, 1)]);
            Assert.Equal(Outcome.Committed, (await book.SendAsync(move)).Outcome);
        }

        return book.IdOf(move);
    }

    private LossRecovery Open(NotedHead? told = null) => LossRecovery.Open(
        new SqliteNodeStore(_node.DataFolder), SealingKeyFolders.In(_node.DataFolder), ChainId.Parse(TestNode.ChainName), told, new LedgerNodeOptions { DataFolder = _node.DataFolder, Clock = _node.Clock });

    private async Task RecordAsync(LossRecovery recovery)
    {
        var envelope = _book.Envelope([new ChangeSealingKey(recovery.CreateSealingKey(), recovery.Lost)]);
        Assert.Equal(Outcome.Committed, (await recovery.RecordAsync(envelope, CancellationToken.None)).Outcome);
    }

    private async Task<LostBlocks> RecoverAsync()
    {
        await using var recovery = Open();
        await RecordAsync(recovery);
        recovery.Accept();
        return recovery.Lost!.Value;
    }

    private async Task<Exception> RequireRefusedAsync()
    {
        var refused = await Assert.ThrowsAnyAsync<EngineFaultException>(() => _node.FindAsync());
        return Assert.IsType<HeadBehindException>(refused.InnerException);
    }

    private SnapshotManifest? ReadManifest()
    {
        using var store = new SqliteNodeStore(_node.DataFolder).OpenChain(TestNode.ChainName);
        return store.ReadManifest();
    }
}
