using System.Buffers;
using System.Text.Json;
using Actors.Gateway.Json;
using Actors.Gateway.Problems;

namespace Actors.Gateway.Streams;

/// <summary>Results in JSON, a line each.</summary>
internal sealed class NdjsonResults : IResultFormat
{
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _writer;

    public NdjsonResults() => _writer = new Utf8JsonWriter(_line);

    public string ContentType => NdjsonItems.ContentType;

    public int Write(IBufferWriter<byte> output, Answer answer, long item)
    {
        _line.ResetWrittenCount();
        _writer.Reset();
        JsonSerializer.Serialize(_writer, AnswerJson.ToLine(answer, item), StrictJson.Options);
        output.Write(_line.WrittenSpan);
        output.Write("\n"u8);
        return _line.WrittenCount + 1;
    }
}
