using System.Buffers;
using Actors.Gateway.Problems;
using Actors.Ledger.Transactions;

namespace Actors.Gateway.Json;

/// <summary>Reads a bounded body into memory of its own.</summary>
internal static class RequestBody
{
    /// <summary>How much memory to count for a body before it is read: its length, or the bound when it does not say.</summary>
    public static long BytesToTake(HttpRequest request, int bytesMax) => Math.Min(request.ContentLength ?? bytesMax, bytesMax);

    /// <exception cref="RefusedException">It is larger than <paramref name="bytesMax"/>.</exception>
    public static async ValueTask<byte[]> ReadAsync(HttpContext context, int bytesMax)
    {
        if (context.Request.ContentLength > bytesMax)
        {
            throw TooLarge(bytesMax);
        }

        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > bytesMax)
            {
                reader.AdvanceTo(read.Buffer.Start);
                throw TooLarge(bytesMax);
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static RefusedException TooLarge(int bytesMax) => new(Outcome.TooLarge, $"the body is larger than {bytesMax} bytes");
}
