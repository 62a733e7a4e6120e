using System.Text;
using Actors.Gateway.Problems;
using Actors.Gateway.Settings;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Actors.Gateway.Access;

/// <summary>Turns a bearer token into a caller: the admin token, an API key, or a JWT.</summary>
internal sealed class Credentials(IOptions<GatewayOptions> options, AdminToken adminToken, ApiKeys apiKeys, Jwts jwts)
{
    private const string Prefix = "Bearer ";
    private const int TokenCharactersMax = 16 * 1024;

    /// <exception cref="RefusedException">Unauthenticated.</exception>
    public async ValueTask<Caller> FindCallerAsync(StringValues header, CancellationToken cancellation)
    {
        if (header.Count == 0)
        {
            return options.Value.Access.IsConfigured ? throw Unauthenticated("this node needs credentials: Authorization: Bearer <key>") : Caller.Local;
        }

        if (header.Count > 1 || header[0] is not { } text || !text.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || text.Length > TokenCharactersMax)
        {
            throw Unauthenticated("expected one header of the form Authorization: Bearer <key>");
        }

        var token = text[Prefix.Length..].Trim();
        var bytes = Encoding.UTF8.GetBytes(token);
        return adminToken.Matches(bytes) ? Caller.Administrator
            : apiKeys.Find(bytes) ?? await jwts.FindAsync(token, cancellation)
            ?? throw Unauthenticated("these credentials are not known here, or not valid any more");
    }

    private static RefusedException Unauthenticated(string detail) => new(ProblemKind.Unauthenticated, detail);
}
