using Actors.Engine.Stores;
using Actors.Ledger.Transactions;

namespace Actors.Engine.History;

/// <summary>
/// The stretch of log that has no id filter yet. It is closed by the block that brings it to 1,024 transactions or 64 blocks;
/// from then on a lookup in it reads its filter first.
/// </summary>
internal sealed class IdStretch(ulong lastFilteredHeight)
{
    private const int IdsMin = 1_024;
    private const int BlocksMax = 64;
    private readonly List<TransactionId> _ids = [];
    private ulong _lastHeight = lastFilteredHeight;
    private ulong _firstHeight = lastFilteredHeight + 1;
    private ulong _firstTimeMs;

    public ulong FirstHeight => _firstHeight;

    /// <summary>The filter that this next block would close the stretch with, or null. Changes nothing.</summary>
    public IdFilter? ClosedBy(ulong height, ulong timeMs, IReadOnlyList<TransactionId> ids)
    {
        if (_ids.Count + ids.Count < IdsMin && height - _firstHeight + 1 < BlocksMax)
        {
            return null;
        }

        var first = height == _firstHeight ? timeMs : _firstTimeMs;
        return new IdFilter(_firstHeight, height, first, timeMs, IdBloom.Build([.. _ids, .. ids]));
    }

    /// <summary>Takes the next block in, once it is committed.</summary>
    public void Add(ulong height, ulong timeMs, IReadOnlyList<TransactionId> ids, bool closes)
    {
        if (height != _lastHeight + 1)
        {
            throw new ArgumentException($"expected block {_lastHeight + 1}, found {height}", nameof(height));
        }

        _lastHeight = height;
        if (closes)
        {
            _ids.Clear();
            _firstHeight = height + 1;
            return;
        }

        if (height == _firstHeight)
        {
            _firstTimeMs = timeMs;
        }

        _ids.AddRange(ids);
    }
}
