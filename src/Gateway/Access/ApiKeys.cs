using System.Security.Cryptography;
using Actors.Gateway.Settings;
using Actors.Ledger;
using Microsoft.Extensions.Options;

namespace Actors.Gateway.Access;

/// <summary>The configured API keys, by hash.</summary>
internal sealed class ApiKeys(IOptions<GatewayOptions> options)
{
    private readonly (byte[] Hash, Caller Caller)[] _keys = [.. options.Value.Access.ApiKeys.Select(k => (Convert.FromHexString(k.Sha256), ToCaller(k)))];

    /// <summary>Null when no key matches. Looks at all of them, so that the time does not tell which.</summary>
    public Caller? Find(ReadOnlySpan<byte> token)
    {
        if (_keys.Length == 0)
        {
            return null;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(token, hash);
        Caller? found = null;
        foreach (var (keyHash, caller) in _keys)
        {
            found = CryptographicOperations.FixedTimeEquals(keyHash, hash) ? caller : found;
        }

        return found;
    }

    private static Caller ToCaller(ApiKeyOptions key) => new(
        key.Name,
        key.Scopes.Aggregate(Scope.None, (all, text) => Scopes.TryParse(text, out var scope) ? all | scope : all),
        key.Keysets.ToDictionary(
            k => ChainId.Parse(k.Key),
            IReadOnlySet<KeysetNumber> (k) => k.Value.Select(n => new KeysetNumber(n)).ToHashSet()));
}
