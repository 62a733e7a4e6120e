using System.Security.Cryptography;
using System.Text.Json;
using Actors.Gateway.Settings;
using Actors.Ledger;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Actors.Gateway.Access;

/// <summary>
/// JSON Web Tokens (RFC 7519) of the configured issuer. Algorithms are named here and never taken from the token alone; times, issuer and
/// audience must be there and fit.
/// </summary>
internal sealed class Jwts
{
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly TokenValidationParameters? _parameters;

    public Jwts(IOptions<GatewayOptions> options)
    {
        if (options.Value.Access.Jwt is { } jwt)
        {
            _parameters = Parameters(jwt);
        }
    }

    /// <summary>Null when the token is none of the issuer's, or not valid now.</summary>
    public async ValueTask<Caller?> FindAsync(string token, CancellationToken cancellation)
    {
        if (_parameters is null || token.Count(c => c == '.') != 2)
        {
            return null;
        }

        cancellation.ThrowIfCancellationRequested();
        var result = await _handler.ValidateTokenAsync(token, _parameters);
        return result is { IsValid: true, SecurityToken: JsonWebToken valid } ? ToCaller(valid) : null;
    }

    private static TokenValidationParameters Parameters(JwtOptions jwt) => new()
    {
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSha256],
        ValidIssuer = jwt.Issuer,
        ValidAudience = jwt.Audience,
        IssuerSigningKeys = [.. jwt.PublicKeyFiles.Select(ReadKey)],
        ValidateIssuer = true,
        ValidateAudience = true,
        ValidateLifetime = true,
        ValidateIssuerSigningKey = true,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        RequireAudience = true,
        TryAllIssuerSigningKeys = true,
        ClockSkew = TimeSpan.FromMilliseconds(jwt.ClockSkewMs),
    };

    private static SecurityKey ReadKey(string file)
    {
        var pem = File.ReadAllText(file);
        try
        {
            var elliptic = ECDsa.Create();
            elliptic.ImportFromPem(pem);
            return new ECDsaSecurityKey(elliptic);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return ReadRsaKey(file, pem);
        }
    }

    private static RsaSecurityKey ReadRsaKey(string file, string pem)
    {
        try
        {
            var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
            return new RsaSecurityKey(rsa);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new StartRefusedException($"Actors:Access:Jwt:PublicKeyFiles names '{file}', which holds no P-256 or RSA public key in PEM", e);
        }
    }

    private static Caller? ToCaller(JsonWebToken token)
    {
        var scope = Scope.None;
        foreach (var word in (token.TryGetPayloadValue<string>("scope", out var text) ? text : "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            // A scope of some other service in the same token is none of our business.
            scope |= Scopes.TryParse(word, out var known) ? known : Scope.None;
        }

        var own = new Dictionary<ChainId, IReadOnlySet<KeysetNumber>>();
        return (scope & Scope.ReadOwn) == 0 || TryReadKeysets(token, own) ? new Caller(token.Subject ?? "jwt", scope, own) : null;
    }

    private static bool TryReadKeysets(JsonWebToken token, Dictionary<ChainId, IReadOnlySet<KeysetNumber>> own)
    {
        if (!token.TryGetPayloadValue<JsonElement>("keysets", out var keysets) || keysets.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        foreach (var chain in keysets.EnumerateObject())
        {
            if (!ChainId.TryParse(chain.Name, out var id) || chain.Value.ValueKind != JsonValueKind.Array)
            {
                return false;
            }

            var numbers = new HashSet<KeysetNumber>();
            foreach (var number in chain.Value.EnumerateArray())
            {
                if (number.ValueKind != JsonValueKind.Number || !number.TryGetUInt32(out var value))
                {
                    return false;
                }

                numbers.Add(new KeysetNumber(value));
            }

            own[id] = numbers;
        }

        return true;
    }
}
