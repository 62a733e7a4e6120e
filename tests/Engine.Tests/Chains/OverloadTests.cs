using Actors.Engine.Chains;
using Actors.Engine.Faults;
using Actors.Ledger.Transactions;
using Actors.Simulation.Stores;

namespace Actors.Engine.Tests.Chains;

public sealed class OverloadTests
{
    [Theory]
    [InlineData(8, 1L << 20)]
    [InlineData(1_000, 2_000L)] // a transfer takes about 200 bytes
    public async Task More_than_fits_is_refused_at_once_and_what_was_taken_in_is_committed(int inFlightMax, long bytesMax)
    {
        await using var host = new SimHost(new ChainOptions { InFlightMax = inFlightMax, InFlightBytesMax = bytesMax });
        var book = await host.Start().FoundAsync(10);
        host.Faults.Hold(StoreCall.Append);
        var sends = Enumerable.Range(0, 200).Select(i => book.SendAsync(TestBook.Move(1, 2, 1))).ToList();
        var refused = sends.Where(send => send.IsFaulted).ToList();
        Assert.InRange(sends.Count - refused.Count, 2, 16);
        Assert.All(refused, send => Assert.NotNull(Assert.IsType<OverloadedException>(send.Exception!.InnerException).RetryAfter));

        host.Faults.Release();
        var taken = await Task.WhenAll(sends.Except(refused));
        Assert.All(taken, result => Assert.Equal(Outcome.Committed, result.Outcome));
        Assert.Equal(taken.Length, await book.PostedAsync(2));
        await book.CommitAsync(TestBook.Move(1, 2, 1));
    }

    [Fact]
    public async Task Room_is_given_back_whatever_the_answer_is()
    {
        await using var host = new SimHost(new ChainOptions { InFlightMax = 2 });
        var book = await host.Start().FoundAsync(10);
        for (var i = 0; i < 20; i++)
        {
            Assert.Null((await book.SendAsync(new byte[] { 1, 2, 3 })).Recorded);
            Assert.Equal(Outcome.MissingSignature, (await book.SendAsync(book.Envelope([TestBook.Move(1, 2, 1)], new TestKey()))).Outcome);
            Assert.Equal(Outcome.Expired, (await book.SendAsync(book.Envelope([TestBook.Move(1, 2, 1)], 1_000UL))).Outcome);
            Assert.Equal(Outcome.BelowFloor, (await book.SendAsync(TestBook.Move(2, 3, 1))).Outcome);
        }
    }
}
