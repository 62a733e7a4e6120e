using Actors.Cli.Client;
using Actors.ClusterTests.Programs;
using Actors.Ledger.Transactions;
using Actors.ProcessTests.Load;
using Actors.ProcessTests.Oracle;
using Actors.ProcessTests.Programs;

namespace Actors.ClusterTests;

/// <summary>Clients that pay without pause through given gateways and send the same bytes again, to the next gateway, until they are answered.</summary>
internal sealed class Load(Book book, Func<IReadOnlyList<SiloProcess>> gateways) : IAsyncDisposable
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan NextGatewayAfter = TimeSpan.FromMilliseconds(250);
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private int _acknowledged;

    public int Acknowledged => Volatile.Read(ref _acknowledged);

    public static Load Start(Book book, Func<IReadOnlyList<SiloProcess>> gateways)
    {
        var load = new Load(book, gateways);
        load._running = Task.WhenAll(book.Payers.Select((payer, i) => Task.Run(() => load.PayAsync(payer, i))));
        return load;
    }

    /// <summary>Waits until so many more are acknowledged.</summary>
    public async Task MoreAsync(int count)
    {
        for (var until = Acknowledged + count; Acknowledged < until;)
        {
            if (_running.IsFaulted)
            {
                await _running;
            }

            await Task.Delay(5);
        }
    }

    /// <summary>Lets every client get its last answer.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    /// <summary>
    /// Everything acknowledged is recorded, where it was said to be; every account holds what the recorded transactions make of it; and the whole chain
    /// replays from its first block to the same roots.
    /// </summary>
    public static async Task CheckAsync(Book book, SiloProcess gateway)
    {
        var client = gateway.Client(AnswerMax);
        foreach (var sent in book.Journal.All)
        {
            var first = sent.Answer;
            Assert.NotNull(first);
            var found = (await client.FindTransactionAsync(book.Chain, sent.Id, default)).Value;
            Assert.Equal((first.Outcome, first.Height, first.Index), (found.Outcome, found.Height, found.Index));
        }

        await new BalanceCheck(client, book).CheckAsync();
        await ActorsCommand.SucceedAsync("audit", "--node", gateway.Address.ToString(), "--chain", book.Chain.Value, "--genesis", book.Genesis.Hash.ToString());
    }

    private async Task PayAsync(Payer payer, int index)
    {
        var random = new Random(index);
        while (!_stop.IsCancellationRequested)
        {
            var sent = payer.Write(TransactionKind.Atomic, payer.Pay(random));
            sent.Acknowledge(await SendAsync(sent, index));
            Interlocked.Increment(ref _acknowledged);
        }
    }

    private async Task<TransactionAnswer> SendAsync(Sent sent, int first)
    {
        var start = DateTime.UtcNow;
        for (var attempt = first; ; attempt++)
        {
            var all = gateways();
            if (all.Count == 0)
            {
                Assert.True(DateTime.UtcNow - start < AnswerMax, "no gateway came back");
                await Task.Delay(NextGatewayAfter);
                continue;
            }

            try
            {
                return (await all[attempt % all.Count].Client(TimeSpan.Zero).SubmitAsync(book.Chain, sent.Envelope, default)).Value;
            }
            catch (Exception fault) when (DateTime.UtcNow - start < AnswerMax && (fault is HttpRequestException or IOException or TaskCanceledException || fault is NodeProblemException { IsPassing: true }))
            {
                await Task.Delay(NextGatewayAfter);
            }
        }
    }
}
