using Actors.Ledger.Blocks;
using Actors.Ledger.Hashing;

namespace Actors.Engine.Chains;

/// <summary>The newest durable block: what readers may know of. SignedHeader is header and seal; empty at height 0.</summary>
internal sealed record CommittedHead(ulong Height, Hash256 HeaderHash, ulong TimeMs, ulong StateHeight, ReadOnlyMemory<byte> SignedHeader)
{
    public static CommittedHead Of(PreparedBlock block) => new(
        block.Draft.Header.Height.Value,
        block.Draft.Hash,
        block.Draft.Header.Time.Ms,
        block.Draft.Header.StateHeight.Value,
        block.Append.Bytes[..(BlockHeader.Size + Ledger.Signing.Signature.Size)]);
}
