using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Actors.Gateway.Tests;

public sealed class JwtTests(JwtTests.Issuer issuer) : IClassFixture<JwtTests.Issuer>
{
    public sealed class Issuer : IAsyncLifetime
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("actors-jwt-").FullName;

        internal ECDsa Elliptic { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        internal RSA Rsa { get; } = RSA.Create(2048);

        internal GatewayNode Node { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            var elliptic = Path.Combine(_folder, "elliptic.pem");
            var rsa = Path.Combine(_folder, "rsa.pem");
            await File.WriteAllTextAsync(elliptic, Elliptic.ExportSubjectPublicKeyInfoPem());
            await File.WriteAllTextAsync(rsa, Rsa.ExportSubjectPublicKeyInfoPem());
            Node = await GatewayNode.StartAsync(
                "--Actors:Access:Jwt:Issuer", "https://issuer.example", "--Actors:Access:Jwt:Audience", "ledger", "--Actors:Access:Jwt:ClockSkewMs", "0",
                "--Actors:Access:Jwt:PublicKeyFiles:0", elliptic, "--Actors:Access:Jwt:PublicKeyFiles:1", rsa);
            await DemoChain.CreateAsync(Node);
        }

        public async Task DisposeAsync()
        {
            await Node.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public Task A_token_of_the_issuer_is_taken() => Answers(Token(), HttpStatusCode.OK);

    [Fact]
    public Task So_is_one_signed_with_rsa() => Answers(Token(signing: new(new RsaSecurityKey(issuer.Rsa), "RS256")), HttpStatusCode.OK);

    [Fact]
    public Task A_token_that_has_expired_is_not() => Answers(Token(expires: -60), HttpStatusCode.Unauthorized);

    [Fact]
    public Task A_token_that_is_not_valid_yet_is_not() => Answers(Token(notBefore: 600), HttpStatusCode.Unauthorized);

    [Fact]
    public Task A_token_for_somebody_else_is_not() => Answers(Token(audience: "bank"), HttpStatusCode.Unauthorized);

    [Fact]
    public Task A_token_of_another_issuer_is_not() => Answers(Token(from: "https://other.example"), HttpStatusCode.Unauthorized);

    [Fact]
    public Task A_token_under_another_key_is_not() =>
        Answers(Token(signing: new(new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)), "ES256")), HttpStatusCode.Unauthorized);

    [Fact]
    public Task A_token_that_takes_the_public_key_for_a_secret_is_not() =>
        Answers(Token(signing: new(new SymmetricSecurityKey(issuer.Rsa.ExportSubjectPublicKeyInfo()), "HS256")), HttpStatusCode.Unauthorized);

    [Fact]
    public Task A_token_that_nobody_signed_is_not()
    {
        var parts = Token().Split('.');
        return Answers($"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public Task A_changed_token_is_not()
    {
        var parts = Token().Split('.');
        var payload = Base64UrlEncoder.Decode(parts[1]).Replace("read-own", "read-all");
        return Answers($"{parts[0]}.{Base64UrlEncoder.Encode(payload)}.{parts[2]}", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public Task A_token_without_a_scope_of_ours_reads_nothing() => Answers(Token(scope: "email profile"), HttpStatusCode.Forbidden);

    [Fact]
    public Task A_token_for_other_keysets_reads_nothing_of_this_one() => Answers(Token(keysets: """{"demo":[3]}"""), HttpStatusCode.Forbidden);

    [Theory]
    [InlineData("""{"demo":["2"]}""")]
    [InlineData("""{"demo":2}""")]
    [InlineData("""{"Not A Chain":[2]}""")]
    public Task Keysets_that_are_not_numbers_by_chain_make_no_token(string keysets) => Answers(Token(keysets: keysets), HttpStatusCode.Unauthorized);

    private string Token(string scope = "openid read-own", string keysets = """{"demo":[2]}""", string audience = "ledger", string from = "https://issuer.example", int expires = 300, int notBefore = -3600, SigningCredentials? signing = null) =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = from,
            Audience = audience,
            NotBefore = DateTime.UtcNow.AddSeconds(notBefore),
            Expires = DateTime.UtcNow.AddSeconds(expires),
            Claims = new Dictionary<string, object> { ["sub"] = "alice", ["scope"] = scope, ["keysets"] = JsonSerializer.Deserialize<JsonElement>(keysets) },
            SigningCredentials = signing ?? new SigningCredentials(new ECDsaSecurityKey(issuer.Elliptic), "ES256"),
        });

    private async Task Answers(string token, HttpStatusCode status)
    {
        using var client = issuer.Node.CreateClient(token);
        Assert.Equal(status, (await client.GetAsync("/v1/chains/demo/accounts/2")).StatusCode);
    }
}
