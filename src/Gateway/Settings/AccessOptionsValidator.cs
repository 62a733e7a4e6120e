using Actors.Gateway.Access;
using Actors.Ledger;
using Actors.Ledger.Hashing;
using Microsoft.Extensions.Options;

namespace Actors.Gateway.Settings;

internal sealed class AccessOptionsValidator : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options)
    {
        var failures = options.Access.ApiKeys.SelectMany((key, i) => OfKey(key, $"Actors:Access:ApiKeys:{i}")).ToList();
        if (options.Access.Jwt is { } jwt)
        {
            failures.AddRange(OfJwt(jwt));
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> OfKey(ApiKeyOptions key, string path)
    {
        if (key.Name.Length == 0)
        {
            yield return $"{path}:Name is missing: it says in logs whose key it is";
        }

        if (!Hash256.TryParse(key.Sha256, out _))
        {
            yield return $"{path}:Sha256 is '{key.Sha256}', expected the 64 hex digits of the key's SHA-256";
        }

        if (key.Scopes.Count == 0)
        {
            yield return $"{path}:Scopes is empty, expected some of {Scopes.Names}";
        }

        foreach (var scope in key.Scopes.Where(s => !Scopes.TryParse(s, out _)))
        {
            yield return $"{path}:Scopes has '{scope}', expected some of {Scopes.Names}";
        }

        foreach (var chain in key.Keysets.Keys.Where(c => !ChainId.TryParse(c, out _)))
        {
            yield return $"{path}:Keysets has '{chain}', which is no chain id";
        }

        if (key.Scopes.Contains(Scopes.ReadOwn) != key.Keysets.Count > 0)
        {
            yield return $"{path}:Keysets goes with the scope {Scopes.ReadOwn}, and the scope with it";
        }
    }

    private static IEnumerable<string> OfJwt(JwtOptions jwt)
    {
        const string Path = "Actors:Access:Jwt";
        if (jwt.Issuer.Length == 0)
        {
            yield return $"{Path}:Issuer is missing";
        }

        if (jwt.Audience.Length == 0)
        {
            yield return $"{Path}:Audience is missing";
        }

        if (jwt.PublicKeyFiles.Count == 0)
        {
            yield return $"{Path}:PublicKeyFiles is empty, expected at least one PEM file";
        }

        foreach (var file in jwt.PublicKeyFiles.Where(f => !File.Exists(f)))
        {
            yield return $"{Path}:PublicKeyFiles names '{file}', which is not there";
        }

        if (jwt.ClockSkewMs is < 0 or > 300_000)
        {
            yield return $"{Path}:ClockSkewMs is {jwt.ClockSkewMs}, expected 0 to 300000";
        }
    }
}
