using Actors.Gateway.Problems;

namespace Actors.Gateway.Streams;

/// <summary>One item of a stream: an envelope of its own memory, or what is wrong with it.</summary>
internal readonly record struct StreamItem(ReadOnlyMemory<byte> Envelope, Answer? Problem = null, bool EndsStream = false);
