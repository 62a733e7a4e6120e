using System.Buffers;

namespace Actors.Gateway.Streams;

/// <summary>How items follow each other in a request's body.</summary>
internal interface IItemFormat
{
    /// <summary>
    /// Takes the next item off the front of <paramref name="buffer"/>; false when there is no whole one yet. What can never become an item is given as
    /// one that ends the stream. <paramref name="isLast"/>: no more bytes will come.
    /// </summary>
    bool TryTake(ref ReadOnlySequence<byte> buffer, bool isLast, out StreamItem item);
}
