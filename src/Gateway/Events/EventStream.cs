using System.Text;
using System.Text.Json;
using Actors.Engine;
using Actors.Gateway.Blocks;
using Actors.Gateway.Json;
using Actors.Ledger;
using Actors.Ledger.Hashing;

namespace Actors.Gateway.Events;

/// <summary>
/// One client's server-sent events (WHATWG HTML, 9.2). Nothing is queued for a client: it is told about the next height when it took the last one, so a
/// slow one costs no more memory than a fast one, and misses nothing.
/// </summary>
internal sealed class EventStream(ILedgerChain chain, HttpResponse response, TimeSpan heartbeat)
{
    public const string ContentType = "text/event-stream";
    private const int EventsPerFlush = 64;

    public async Task RunAsync(Height after, CancellationToken ending)
    {
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        await WriteAsync(": blocks\n\n", ending);
        await response.Body.FlushAsync(ending);
        for (var told = after; ;)
        {
            var head = await WaitAsync(told, ending);
            while (told < head)
            {
                told = told.Next;
                await TellAsync(told, ending);
                if (told.Value % EventsPerFlush == 0)
                {
                    await response.Body.FlushAsync(ending);
                }
            }

            await response.Body.FlushAsync(ending);
        }
    }

    private async ValueTask<Height> WaitAsync(Height told, CancellationToken ending)
    {
        var waiting = chain.WaitForBlockAsync(told, ending).AsTask();
        while (true)
        {
            try
            {
                return await waiting.WaitAsync(heartbeat, ending);
            }
            catch (TimeoutException)
            {
                await WriteAsync(": still here\n\n", ending);
                await response.Body.FlushAsync(ending);
            }
        }
    }

    private async ValueTask TellAsync(Height height, CancellationToken ending)
    {
        var bytes = await chain.GetSignedHeaderAsync(height, ending) ?? throw new InvalidOperationException($"block {height} is committed and has no header");
        var (header, hash, _) = SignedHeader.Decode(bytes.Span);
        var data = new BlockEventJson(height, hash, header.Time, header.TransactionCount, header.OperationCount, header.StateHeight);
        await WriteAsync($"id: {height}\nevent: block\ndata: {JsonSerializer.Serialize(data, StrictJson.Options)}\n\n", ending);
    }

    private async ValueTask WriteAsync(string text, CancellationToken ending) => await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), ending);
}

internal sealed record BlockEventJson(Height Height, Hash256 Hash, Timestamp Time, uint Transactions, uint Operations, Height StateHeight);
