using Actors.Ledger.Hashing;

namespace Actors.Engine.Stores.Postgres;

/// <summary>The one row of a chain on which every append is conditional.</summary>
/// <param name="Epoch">The epoch in force.</param>
/// <param name="Height">The head's.</param>
/// <param name="HeadHash">The head's.</param>
/// <param name="HeadTimeMs">The head's.</param>
/// <param name="Writer">
/// Who took the epoch, a random name. A standby that lagged behind lets an epoch be taken again: the number alone would then let two writers pass.
/// </param>
internal readonly record struct ChainRow(ulong Epoch, ulong Height, Hash256 HeadHash, ulong HeadTimeMs, Guid Writer)
{
    public static ChainRow Of(Rows row) => new(row.UInt64(0), row.UInt64(1), row.Hash(2), row.UInt64(3), row.Guid(4));

    public StoredHead ToHead(bool headFileFound) => new(Epoch, Height, HeadHash, HeadTimeMs, headFileFound);
}
