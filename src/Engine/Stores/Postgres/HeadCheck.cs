using Npgsql;

namespace Actors.Engine.Stores.Postgres;

/// <summary>
/// Compares a chain's row with what this process knows the chain had reached. It MUST be made before the row is read, so that a writer at
/// work can only make the row higher.
/// </summary>
internal sealed class HeadCheck(ChainKey chain)
{
    public const string Meaning = "the server lost what was committed, as a standby that lagged behind or an older copy would have";

    private readonly ulong _epoch = chain.AfterLoss ? 0 : chain.Bound.Epoch;
    private readonly IReadOnlyList<NotedHead> _heads = chain.AfterLoss ? [] : chain.Bound.ReadHeads();
    private readonly NotedHead? _aside = chain.AfterLoss ? null : chain.Bound.ReadAside();

    public bool HeadFileFound { get; } = chain.Bound.IsFileFound;

    /// <exception cref="HeadBehindException">The row is one that this process could not find if nothing had been lost.</exception>
    /// <exception cref="StoreCorruptException">The row and the last block differ.</exception>
    public void Check(NpgsqlConnection connection, in ChainRow row)
    {
        if (_aside is { } lost && !Holds(connection, chain, row, lost))
            throw Behind($"a head at height {lost.Height} or above ('actors chain recover' was begun and did not end)", $"it at height {row.Height}");
        if (row.Epoch < _epoch)
            throw Behind($"epoch {_epoch} or above, which was taken here", $"epoch {row.Epoch}");
        foreach (var head in _heads)
        {
            if (row.Height < head.Height)
                throw Behind($"a head at height {head.Height} or above", $"it at height {row.Height}");
            var found = head.Height == row.Height ? row.HeadHash : LogReader.ReadHash(connection, chain, head.Height);
            if (found != head.Hash)
                throw Behind($"hash {head.Hash} at height {head.Height}", $"{found} (head at height {row.Height})");
        }
    }

    /// <summary>As <see cref="Check"/>, and that the last block is the one that the row names.</summary>
    public void CheckWhole(NpgsqlConnection connection, in ChainRow row)
    {
        Check(connection, row);
        if (row.Height > 0 && LogReader.ReadHash(connection, chain, row.Height) is var last && last != row.HeadHash)
            throw new StoreCorruptException(
                $"{chain.Name}: expected block {row.Height} to have the head's hash {row.HeadHash}, found {last}.");
    }

    /// <summary>The head that is noted beside a database and that it does not have; null when it has what is noted.</summary>
    public static NotedHead? FindLoss(NpgsqlConnection connection, ChainKey chain)
    {
        IReadOnlyList<NotedHead> noted = [.. new[] { chain.Bound.ReadAside() }.OfType<NotedHead>(), .. chain.Bound.ReadHeads()];
        var row = LogReader.ReadRow(connection, chain);
        foreach (var head in noted)
        {
            if (!Holds(connection, chain, row, head))
                return head;
        }

        return null;
    }

    private static bool Holds(NpgsqlConnection connection, ChainKey chain, in ChainRow row, NotedHead noted) =>
        noted.Height <= row.Height && noted.Hash == (noted.Height == row.Height ? row.HeadHash : LogReader.ReadHash(connection, chain, noted.Height));

    private HeadBehindException Behind(string expected, string found) =>
        new($"{chain.Name}: expected {expected}, found {found}: {Meaning}.");
}
