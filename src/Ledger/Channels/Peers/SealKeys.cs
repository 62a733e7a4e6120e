using System.Security.Cryptography;
using Actors.Ledger.Signing;

namespace Actors.Ledger.Channels.Peers;

/// <summary>Sealing keys of peers as the platform parses them: checking a seal costs three times as much with a key that is not. No state: at most so many, dropped together.</summary>
internal sealed class SealKeys
{
    private const int KeysMax = 1_024;
    private readonly Dictionary<PublicKey, ECDsa?> _keys = [];

    public bool Verify(in PublicKey key, ReadOnlySpan<byte> message, in Signature seal)
    {
        if (!_keys.TryGetValue(key, out var parsed))
        {
            Bound();
            _keys.Add(key, parsed = Es256.TryImport(key));
        }

        return parsed is not null && Es256.Verify(parsed, message, seal);
    }

    private void Bound()
    {
        if (_keys.Count < KeysMax)
        {
            return;
        }

        foreach (var parsed in _keys.Values)
        {
            parsed?.Dispose();
        }

        _keys.Clear();
    }
}
