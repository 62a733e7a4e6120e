using Actors.Ledger.Hashing;

namespace Actors.Engine.Stores.Postgres;

/// <summary>Which chain of which database, and what is known of it here: what readers and writers of one opened chain share.</summary>
/// <param name="Number">The chain's number in the database.</param>
/// <param name="Name">Database and id, for messages.</param>
/// <param name="GenesisHash">The head's hash at height 0.</param>
/// <param name="Bound">What it is known to have reached.</param>
/// <param name="AfterLoss">Its operator goes on from what is left: that it once held more is no reason to refuse it.</param>
internal sealed record ChainKey(int Number, string Name, Hash256 GenesisHash, HeadBound Bound, bool AfterLoss = false)
{
    /// <summary>This instance's name among writers.</summary>
    public Guid Writer { get; } = Guid.NewGuid();
}
