using Actors.Ledger.Hashing;
using Actors.Ledger.Proofs;
using Actors.Ledger.State;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels;

/// <summary>
/// The record of one channel of a peer with its path to the channels root of one of the peer's headers, among
/// <paramref name="Count"/> channels. Says nothing until it is checked against a root that is trusted.
/// </summary>
public sealed record ChannelProof(uint Count, ReadOnlyMemory<byte> Bytes, IReadOnlyList<Hash256> Path)
{
    internal ref readonly ChannelRecord Record => ref RecordLayout.As<ChannelRecord>(Bytes.Span);

    internal bool LeadsTo(in Hash256 channelsRoot) =>
        MerkleTree.TryRootFromPath(MerkleTree.LeafHash(Bytes.Span), Record.Number - 1UL, Count, [.. Path], out var root)
        && ChannelTree.RootOver(Count, root) == channelsRoot;

    internal void Write(WireWriter writer)
    {
        writer.Varint(Count);
        writer.Bytes(Bytes.Span);
        HashPath.Write(writer, Path);
    }

    /// <exception cref="MalformedException">The bytes are no proof of a channel.</exception>
    internal static ChannelProof Read(ref WireReader reader)
    {
        var count = (uint)reader.Varint(1, Limits.ChannelsMax, "channel count");
        return new ChannelProof(count, reader.Bytes(ChannelRecord.Size).ToArray(), HashPath.Read(ref reader));
    }
}
