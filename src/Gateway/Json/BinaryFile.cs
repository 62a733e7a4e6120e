namespace Actors.Gateway.Json;

/// <summary>Bytes as a file to keep.</summary>
internal sealed record BinaryFile(ReadOnlyMemory<byte> Bytes, string Name) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = Accepts.Binary;
        response.ContentLength = Bytes.Length;
        response.Headers.ContentDisposition = $"attachment; filename=\"{Name}\"";
        await response.BodyWriter.WriteAsync(Bytes, httpContext.RequestAborted);
    }
}
