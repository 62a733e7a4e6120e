using System.Net;
using System.Net.Sockets;
using Actors.Cli.Client;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Transactions;
using Actors.ProcessTests.Programs;
using Void = Actors.Ledger.Pendings.Void;

namespace Actors.ProcessTests.Load;

/// <summary>
/// Clients that send one transaction after the other until they are stopped or the node is gone. Each notes what it sends before it
/// sends it, and what it is told.
/// </summary>
internal sealed class Clients(GatewayProcess gateway, CancellationToken stop)
{
    private const int BulkMax = 80;
    private const int ReceiptEvery = 16;
    private const int StreamInFlightMax = 32;

    /// <summary>A stream is fast, and each transaction is looked up again after the kill.</summary>
    private const int StreamedMax = 400;
    private static readonly TimeSpan StreamAnswerMax = TimeSpan.FromSeconds(30);

    /// <summary>One of each kind a payer; ends when all have ended.</summary>
    public Task RunAsync(Book book, Random random)
    {
        Func<Payer, Random, Task>[] kinds = [PayAsync, SettleAsync, BulkAsync, StreamAsync];
        return Task.WhenAll([.. book.Payers.Select((payer, i) =>
        {
            var own = new Random(random.Next());
            return Task.Run(() => UntilGoneAsync(() => kinds[i % kinds.Length](payer, own)), CancellationToken.None);
        })]);
    }

    /// <summary>Bulks only: the most changed pages.</summary>
    public Task RunBulksAsync(Book book, Random random) => Task.WhenAll([.. book.Payers.Select(payer =>
    {
        var own = new Random(random.Next());
        return Task.Run(() => UntilGoneAsync(() => BulkAsync(payer, own)), CancellationToken.None);
    })]);

    /// <summary>Whatever a client is told when a node dies or stops ends the client; anything else is a failure.</summary>
    private static async Task UntilGoneAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or SocketException or NodeProblemException { Status: HttpStatusCode.ServiceUnavailable })
        {
        }
    }

    private async Task PayAsync(Payer payer, Random random)
    {
        while (!stop.IsCancellationRequested)
        {
            var sent = payer.Write(TransactionKind.Atomic, payer.Pay(random));
            if (await SendAsync(payer, sent) is not null && random.Next(ReceiptEvery) == 0)
            {
                sent.Receipt = await gateway.Client.GetReceiptAsync(payer.Book.Chain, sent.Id, null, default);
            }
        }
    }

    /// <summary>Sets aside and decides, at times too late or twice.</summary>
    private async Task SettleAsync(Payer payer, Random random)
    {
        while (!stop.IsCancellationRequested)
        {
            var timeout = random.Next(4) == 0 ? TimeSpan.FromMilliseconds(random.Next(50, 800)) : TimeSpan.FromHours(1);
            var pending = payer.SetAside(random, timeout);
            var answer = await SendAsync(payer, payer.Write(TransactionKind.Atomic, pending));
            if (answer is not { Outcome: Outcome.Committed } || random.Next(8) == 0)
            {
                continue;
            }

            var number = EntityReference.Numbered(answer.Operations[0].Created!.Value);
            IOperation decision = random.Next(3) switch
            {
                0 => new Post(number),
                1 => new Post(number, random.NextInt64(1, pending.Amount + 1)),
                _ => new Void(number),
            };
            await SendAsync(payer, payer.Write(TransactionKind.Atomic, decision));
            if (random.Next(8) == 0)
            {
                await SendAsync(payer, payer.Write(TransactionKind.Atomic, decision is Void ? new Post(number) : new Void(number)));
            }
        }
    }

    private async Task BulkAsync(Payer payer, Random random)
    {
        while (!stop.IsCancellationRequested)
        {
            await SendAsync(payer, payer.Write(TransactionKind.Bulk, [.. Enumerable.Range(0, random.Next(2, BulkMax)).Select(_ => (IOperation)payer.Pay(random))]));
        }
    }

    /// <summary>Many in flight on one connection.</summary>
    private async Task StreamAsync(Payer payer, Random random)
    {
        await using var stream = await EnvelopeStream.OpenAsync(gateway.Address, payer.Book.Chain, null, default);
        var waiting = new Queue<(Sent Sent, Task<StreamAnswer> Answer)>();
        for (var streamed = 0; streamed == 0 || waiting.Count > 0;)
        {
            for (; !stop.IsCancellationRequested && waiting.Count < StreamInFlightMax && streamed < StreamedMax; streamed++)
            {
                var sent = payer.Write(TransactionKind.Atomic, payer.Pay(random));
                sent.IsStreamed = true;
                waiting.Enqueue((sent, stream.SubmitAsync(sent.Envelope)));
            }

            if (!waiting.TryDequeue(out var oldest))
            {
                return;
            }

            var (first, answer) = oldest;
            if (await answer.WaitAsync(StreamAnswerMax) is { Recorded: true })
            {
                first.Acknowledge();
            }
        }
    }

    /// <summary>Null when it was refused without being recorded, as an operation on a pending that is not open is.</summary>
    private async Task<TransactionAnswer?> SendAsync(Payer payer, Sent sent)
    {
        try
        {
            var answer = (await gateway.Client.SubmitAsync(payer.Book.Chain, sent.Envelope, default)).Value;
            sent.Acknowledge(answer);
            return answer;
        }
        catch (NodeProblemException problem) when (problem.Type == "not-ready")
        {
            sent.IsTurnedAway = true;
            throw;
        }
        catch (RefusedException refused) when (refused.Outcome == Outcome.PendingNotOpen)
        {
            sent.IsTurnedAway = true;
            return null;
        }
    }
}
