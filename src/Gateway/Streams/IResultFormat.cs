using System.Buffers;
using Actors.Gateway.Problems;

namespace Actors.Gateway.Streams;

/// <summary>How results follow each other in a response's body.</summary>
internal interface IResultFormat
{
    string ContentType { get; }

    /// <summary>Writes one result and returns how many bytes it took.</summary>
    int Write(IBufferWriter<byte> output, Answer answer, long item);
}
