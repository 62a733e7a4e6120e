using System.IO.Pipelines;
using System.Threading.Channels;
using Actors.Engine;
using Actors.Engine.Views;
using Actors.Gateway.Channels;
using Actors.Gateway.Problems;
using Actors.Gateway.Settings;
using Actors.Gateway.Telemetry;
using Actors.Gateway.Transactions;

namespace Actors.Gateway.Streams;

/// <summary>
/// Many transactions over one request. Answering each before the next is read would make every item wait for a block of its own; so one loop reads and
/// hands items over while another writes answers in the order of the items. Between them stand at most so many items and bytes:
/// a client that does not take its answers is not read any further.
/// </summary>
internal sealed class TransactionStream(ILedgerChain chain, IItemFormat items, IResultFormat results, HttpOptions options, GatewayMetrics metrics) : IDisposable
{
    private const int FlushBytes = 16 * 1024;

    private readonly ByteBound _bytes = new(options.StreamInFlightBytesMax);
    private readonly Channel<InFlight> _inFlight = Channel.CreateBounded<InFlight>(
        new BoundedChannelOptions(options.StreamInFlightMax) { SingleReader = true, SingleWriter = true });

    /// <summary>
    /// Reads until the body ends, an item ends it, nothing came for the idle time, or <paramref name="ending"/>; then answers what it took and returns.
    /// </summary>
    public async Task RunAsync(PipeReader body, PipeWriter response, CancellationToken ending, CancellationToken aborted)
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(broken.Token, ending);
        var answering = AnswerAllAsync(response, broken);
        try
        {
            await ReadAllAsync(body, reading.Token);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            // Stopping, or nobody takes the answers: either way there is no more to read.
        }
        finally
        {
            _inFlight.Writer.Complete();
        }

        await answering;
    }

    public void Dispose() => _bytes.Dispose();

    private async Task ReadAllAsync(PipeReader body, CancellationToken reading)
    {
        while (await ReadOrIdleAsync(body, reading) is { } read)
        {
            var buffer = read.Buffer;
            var ended = read.IsCompleted;
            while (items.TryTake(ref buffer, read.IsCompleted, out var item))
            {
                await HandOverAsync(item, reading);
                if (item.EndsStream)
                {
                    ended = true;
                    break;
                }
            }

            body.AdvanceTo(buffer.Start, buffer.End);
            if (ended)
            {
                return;
            }
        }
    }

    /// <summary>Null when nothing came for the idle time.</summary>
    private async ValueTask<ReadResult?> ReadOrIdleAsync(PipeReader body, CancellationToken reading)
    {
        if (body.TryRead(out var buffered))
        {
            return buffered;
        }

        using var idle = CancellationTokenSource.CreateLinkedTokenSource(reading);
        idle.CancelAfter(options.StreamIdleMs);
        try
        {
            return await body.ReadAsync(idle.Token);
        }
        catch (OperationCanceledException) when (!reading.IsCancellationRequested)
        {
            return null;
        }
    }

    private async ValueTask HandOverAsync(StreamItem item, CancellationToken reading)
    {
        item = item.Across is { } across ? await ResolveAsync(across, reading) : item;
        await _bytes.TakeAsync(item.Envelope.Length, reading);
        await _inFlight.Writer.WaitToWriteAsync(reading);
        await _inFlight.Writer.WriteAsync(item.Problem is null ? Submit(item.Envelope) : new InFlight(default, default, item.Problem), reading);
    }

    /// <summary>Asks the chain which channels the item goes over, before the next item is taken: the order of submission is that of the items.</summary>
    private async ValueTask<StreamItem> ResolveAsync(SubmissionJson across, CancellationToken reading)
    {
        try
        {
            return new StreamItem((await TransfersAcross.ResolveAsync(chain, across, reading)).ToEnvelope(chain.Genesis.Hash, chain.Genesis.ChainId));
        }
        catch (Exception wrong) when (ProblemAnswers.Of(wrong) is not null)
        {
            return new StreamItem(default, ProblemAnswers.Of(wrong));
        }
    }

    private InFlight Submit(ReadOnlyMemory<byte> envelope)
    {
        try
        {
            // What is handed over goes on whatever becomes of the connection.
            return new InFlight(chain.SubmitAsync(envelope, CancellationToken.None), envelope, null);
        }
        catch (Exception fault) when (ProblemAnswers.Of(fault) is not null)
        {
            return new InFlight(default, envelope, ProblemAnswers.Of(fault)! with { Id = Submission.IdOf(chain, envelope) });
        }
    }

    private async Task AnswerAllAsync(PipeWriter response, CancellationTokenSource broken)
    {
        try
        {
            await WriteAnswersAsync(response, broken.Token);
        }
        finally
        {
            // Without a writer of answers the reader would wait for room that never comes.
            await broken.CancelAsync();
        }
    }

    private async Task WriteAnswersAsync(PipeWriter response, CancellationToken cancellation)
    {
        var unflushed = 0;
        var number = 0L;
        while (await _inFlight.Reader.WaitToReadAsync(cancellation))
        {
            while (_inFlight.Reader.TryRead(out var item))
            {
                if (unflushed > 0 && (!item.IsKnown || unflushed >= FlushBytes))
                {
                    await response.FlushAsync(cancellation);
                    unflushed = 0;
                }

                var answer = await AnswerAsync(item, cancellation);
                unflushed += results.Write(response, answer, number++);
                metrics.Answered(answer);
                _bytes.Give(item.Envelope.Length);
            }

            await response.FlushAsync(cancellation);
            unflushed = 0;
        }
    }

    private async ValueTask<Answer> AnswerAsync(InFlight item, CancellationToken cancellation)
    {
        if (item.Problem is not null)
        {
            return item.Problem;
        }

        var wait = TimeSpan.FromMilliseconds(options.CommitWaitMs);
        try
        {
            return Answer.Of(item.IsKnown ? await item.Submitting : await item.Submitting.AsTask().WaitAsync(wait, cancellation));
        }
        catch (TimeoutException)
        {
            return Submission.Unknown(wait) with { Id = Submission.IdOf(chain, item.Envelope) };
        }
        catch (Exception fault) when (ProblemAnswers.Of(fault) is not null)
        {
            return ProblemAnswers.Of(fault)! with { Id = Submission.IdOf(chain, item.Envelope) };
        }
    }

    private readonly record struct InFlight(ValueTask<SubmissionResult> Submitting, ReadOnlyMemory<byte> Envelope, Answer? Problem)
    {
        public bool IsKnown => Problem is not null || Submitting.IsCompleted;
    }
}
