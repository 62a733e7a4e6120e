using System.Collections.Concurrent;
using System.Security.Cryptography;
using Actors.Ledger.Signing;

namespace Actors.Engine.Intake;

/// <summary>
/// Parsed public keys by their bytes. Verifying with a parsed key is three times as fast as parsing it each time. It says nothing
/// about authority. Bounded: when full, a share of it is let go. Keys are read-only while shared between threads; what is
/// let go is left to the finalizer, since another thread may still use it.
/// </summary>
internal sealed class KeyCache(int keysMax)
{
    private const int ShareLetGo = 8;
    private readonly ConcurrentDictionary<PublicKey, ECDsa> _keys = new();
    private int _count;

    /// <summary>Null when the bytes are no point of the curve.</summary>
    public ECDsa? Find(in PublicKey key)
    {
        if (_keys.TryGetValue(key, out var parsed))
        {
            return parsed;
        }

        parsed = Es256.TryImport(key);
        if (parsed is not null && _keys.TryAdd(key, parsed) && Interlocked.Increment(ref _count) > keysMax)
        {
            LetGo();
        }

        return parsed;
    }

    private void LetGo()
    {
        var letGo = keysMax / ShareLetGo;
        foreach (var key in _keys)
        {
            if (letGo-- <= 0)
            {
                return;
            }

            if (_keys.TryRemove(key))
            {
                Interlocked.Decrement(ref _count);
            }
        }
    }
}
