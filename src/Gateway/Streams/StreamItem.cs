using Actors.Gateway.Problems;
using Actors.Gateway.Transactions;

namespace Actors.Gateway.Streams;

/// <summary>One item of a stream: an envelope of its own memory, or what is wrong with it, or what becomes an envelope once the chain was asked which channel it goes over.</summary>
internal readonly record struct StreamItem(ReadOnlyMemory<byte> Envelope, Answer? Problem = null, bool EndsStream = false, SubmissionJson? Across = null);
