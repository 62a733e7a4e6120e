using Actors.Ledger.Hashing;

namespace Actors.Ledger.State;

/// <summary>
/// Hashes pages several at a time: the four leaves of one page do not fill the hashing lanes, those of eight pages do, and the
/// copy costs a tenth of what that saves.
/// </summary>
internal sealed class PageHasher(TableShape shape)
{
    public const int PagesMax = 8;
    private readonly byte[] _bytes = new byte[PagesMax * shape.PageBytes];
    private readonly Hash256[] _hashes = new Hash256[PagesMax * shape.LeavesPerPage];

    /// <summary>The hashes of at most <see cref="PagesMax"/> pages, in their order; valid until the next call.</summary>
    public ReadOnlySpan<Hash256> Hash(ReadOnlySpan<(ulong Index, byte[] Bytes)> pages)
    {
        for (var i = 0; i < pages.Length; i++)
        {
            pages[i].Bytes.CopyTo(_bytes, i * shape.PageBytes);
        }

        var hashes = _hashes.AsSpan(0, pages.Length * shape.LeavesPerPage);
        StateHash.Leaves(_bytes.AsSpan(0, pages.Length * shape.PageBytes), shape, hashes);
        while (hashes.Length > pages.Length)
        {
            StateHash.Nodes(hashes, hashes[..(hashes.Length / 2)]);
            hashes = hashes[..(hashes.Length / 2)];
        }

        return hashes;
    }
}
