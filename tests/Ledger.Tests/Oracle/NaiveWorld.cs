using Actors.Ledger.Hashing;

namespace Actors.Ledger.Tests.Oracle;

/// <summary>A header that a chain really sealed, and all that was true on the chain at it.</summary>
public sealed record NaiveSealed(Hash256 Hash, Hash256 Genesis, ulong Height, ulong TimeMs, NaiveState State, NaiveSealed? Before)
{
    /// <summary>The header of this height on the way back to the genesis; null when there is none.</summary>
    public NaiveSealed? At(ulong height)
    {
        var found = this;
        while (found is not null && found.Height > height)
        {
            found = found.Before;
        }

        return found is not null && found.Height == height ? found : null;
    }
}

/// <summary>
/// What a proof would have to prove: the naive ledger of one chain looks the truth about the others up here, by header hash, and believes no path,
/// seal or record. What nobody sealed is not in it.
/// </summary>
public sealed class NaiveWorld
{
    private readonly Dictionary<Hash256, NaiveSealed> _sealed = [];

    public void Add(NaiveSealed header) => _sealed.Add(header.Hash, header);

    public NaiveSealed? Find(in Hash256 hash) => _sealed.GetValueOrDefault(hash);
}
