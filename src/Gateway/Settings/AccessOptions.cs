namespace Actors.Gateway.Settings;

/// <summary>
/// Section <c>Actors:Access</c>: who may do what. With nothing here the gateway serves loopback only, and everybody on it; with
/// anything here every request needs credentials.
/// </summary>
internal sealed class AccessOptions
{
    /// <summary>Keys that are compared with the bearer token. Default: none.</summary>
    public List<ApiKeyOptions> ApiKeys { get; set; } = [];

    /// <summary>Signed tokens of one issuer. Default: none are taken.</summary>
    public JwtOptions? Jwt { get; set; }

    public bool IsConfigured => ApiKeys.Count > 0 || Jwt is not null;
}

/// <summary>One API key. The key itself is in no file: only its hash.</summary>
internal sealed class ApiKeyOptions
{
    /// <summary>Who it is, for logs.</summary>
    public string Name { get; set; } = "";

    /// <summary>SHA-256 of the key's bytes, 64 hex digits. A key must be long and random (32 bytes or more): a hash hides no short one.</summary>
    public string Sha256 { get; set; } = "";

    /// <summary>read-own, read-all, submit, admin.</summary>
    public List<string> Scopes { get; set; } = [];

    /// <summary>For read-own: keyset numbers by chain id.</summary>
    public Dictionary<string, List<uint>> Keysets { get; set; } = [];
}

/// <summary>
/// JSON Web Tokens signed with ES256 or RS256. Claims: <c>scope</c> (scopes, separated by spaces) and, for read-own, <c>keysets</c>, an object
/// of keyset numbers by chain id. Times, issuer and audience are always checked.
/// </summary>
internal sealed class JwtOptions
{
    public string Issuer { get; set; } = "";

    public string Audience { get; set; } = "";

    /// <summary>Files with the issuer's public keys in PEM; several, so that keys can be changed without a pause.</summary>
    public List<string> PublicKeyFiles { get; set; } = [];

    /// <summary>How far the issuer's clock may be off, in milliseconds. Default 30 s.</summary>
    public int ClockSkewMs { get; set; } = 30_000;
}
