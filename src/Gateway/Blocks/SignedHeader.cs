using Actors.Ledger.Blocks;
using Actors.Ledger.Hashing;
using Actors.Ledger.Signing;

namespace Actors.Gateway.Blocks;

/// <summary>The 369 bytes of a header and its seal, decoded.</summary>
internal sealed record SignedHeader(BlockHeader Header, Hash256 Hash, Signature Seal)
{
    public static SignedHeader Decode(ReadOnlySpan<byte> bytes)
    {
        var header = bytes[..BlockHeader.Size];
        return new SignedHeader(BlockHeader.Decode(header), Sha256.Of(header), new Signature(bytes[BlockHeader.Size..]));
    }
}
