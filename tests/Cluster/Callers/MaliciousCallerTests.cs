using Actors.ClusterTests.Programs;
using Actors.Grains;
using Actors.Grains.Faults;
using Actors.Grains.Submissions;
using Actors.Ledger;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;
using Actors.ProcessTests.Load;

namespace Actors.ClusterTests.Callers;

/// <summary>Being able to call grains gives nobody the right to move money, nor to bring a silo down.</summary>
[Collection(ClusterCollection.Name)]
public sealed class MaliciousCallerTests(TestCluster cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_forged_signature_moves_nothing_by_whichever_door()
    {
        await using var caller = await ConnectAsync("forged");
        using var book = caller.Book;
        var forged = Forge(book);
        var batch = EnvelopeBatch.Of([forged]);

        var answers = new[]
        {
            Assert.Single(await caller.Grains.GetGrain<IIntakeGrain>(0).SubmitAsync("forged", batch)),
            Assert.Single(await caller.Grains.GetGrain<IChainGrain>("forged").SubmitAsync(batch)),
            await caller.Grains.GetGrain<IAccountGrain>(new Address(book.Chain, book.Issuer).ToString()).SubmitAsync(forged),
        };

        Assert.All(answers, answer => Assert.Equal((Outcome.BadSignature, null), (answer.Outcome, answer.Recorded)));
    }

    [Fact]
    public async Task A_caller_cannot_vouch_for_signatures_as_silos_do()
    {
        await using var caller = await ConnectAsync("vouched");
        using var book = caller.Book;
        var batch = EnvelopeBatch.Of([Forge(book)]);
        var before = (await caller.Grains.GetGrain<IChainGrain>("vouched").GetHeadAsync(current: true)).Height;
        foreach (var voucher in new[] { new byte[32], [], new byte[1_000] })
        {
            var fault = await Assert.ThrowsAsync<LedgerFaultException>(() => caller.Grains.GetGrain<IChainGrain>("vouched").SubmitCheckedAsync(new CheckedBatch(batch, voucher)));
            Assert.Equal(FaultKind.BadRequest, fault.Fault.Kind);
        }

        Assert.Equal(before, (await caller.Grains.GetGrain<IChainGrain>("vouched").GetHeadAsync(current: true)).Height);
    }

    [Fact]
    public async Task A_batch_over_its_bounds_is_refused_and_the_next_one_taken()
    {
        await using var caller = await ConnectAsync("oversized");
        using var book = caller.Book;
        foreach (var bytes in new[] { new byte[EnvelopeBatch.BytesMax + 1], [], [0, 0, 0, 9, 1], [255, 255, 255, 255], new byte[4 * (EnvelopeBatch.CountMax + 1)] })
        {
            var fault = await Assert.ThrowsAsync<LedgerFaultException>(() => caller.Grains.GetGrain<IIntakeGrain>(0).SubmitAsync("oversized", Batches.Raw(bytes)));
            Assert.Equal(FaultKind.BadRequest, fault.Fault.Kind);
        }

        var sent = book.Payers[0].Write(TransactionKind.Atomic, book.Payers[0].Pay(new Random(1)));
        Assert.NotNull(Assert.Single(await caller.Grains.GetGrain<IIntakeGrain>(0).SubmitAsync("oversized", EnvelopeBatch.Of([sent.Envelope]))).Recorded);
    }

    [Theory]
    [InlineData("nowhere", FaultKind.ChainNotFound)]
    [InlineData("Not A Chain/../x", FaultKind.ChainNotFound)]
    [InlineData("", FaultKind.ChainNotFound)]
    public async Task An_unknown_chain_is_said_to_be_unknown(string chain, FaultKind kind)
    {
        await cluster.EnsureSilosAsync(3);
        await using var caller = await OrleansCaller.ConnectAsync(cluster);
        var fault = await Assert.ThrowsAsync<LedgerFaultException>(() => caller.Grains.GetGrain<IChainGrain>(chain.Length == 0 ? "-" : chain).GetHeadAsync(current: false));
        Assert.Equal(kind, fault.Fault.Kind);
    }

    [Fact]
    public async Task An_address_with_a_wrong_digit_is_no_account()
    {
        await using var caller = await ConnectAsync("digits");
        using var book = caller.Book;
        var right = new Address(book.Chain, book.Issuer).ToString();
        var wrong = right[..^1] + (char)('0' + ((right[^1] - '0' + 1) % 10));
        Assert.NotNull(await caller.Grains.GetGrain<IAccountGrain>(right).GetAsync(atLeast: 0));
        var fault = await Assert.ThrowsAsync<LedgerFaultException>(() => caller.Grains.GetGrain<IAccountGrain>(wrong).GetAsync(atLeast: 0));
        Assert.Equal(FaultKind.BadRequest, fault.Fault.Kind);
    }

    /// <summary>A payment as its owner would make it, signed by somebody else under the owner's key.</summary>
    private static byte[] Forge(Book book)
    {
        var sent = book.Payers[0].Write(TransactionKind.Atomic, book.Payers[0].Pay(new Random(1)));
        var envelope = Envelope.Parse(sent.Envelope, book.Genesis.Hash);
        var signature = envelope.Signers[0].Signature.AsSpan().ToArray();
        signature[7] ^= 1;
        return Envelope.Encode(book.Genesis.Hash, envelope.Transaction, [new Signer(envelope.Signers[0].Key, new Signature(signature))]);
    }

    private async Task<Caller> ConnectAsync(string chain)
    {
        await cluster.EnsureSilosAsync(3);
        return new Caller(await OrleansCaller.ConnectAsync(cluster), await Book.OpenAsync(cluster.Silos[0].Client(Patience), chain, payers: 2, accountsEach: 1));
    }

    private sealed record Caller(OrleansCaller Connection, Book Book) : IAsyncDisposable
    {
        public IClusterClient Grains => Connection.Grains;

        public ValueTask DisposeAsync() => Connection.DisposeAsync();
    }
}
