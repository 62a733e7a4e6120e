using System.Security.Cryptography;
using Actors.Cli.Client;
using Actors.Cli.Keys;
using Actors.Ledger.Signing;

namespace Actors.Cli.Tests;

public sealed class KeyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_new_key_is_in_a_file_that_only_its_owner_reads_and_its_public_half_is_printed()
    {
        var run = (await CliRun.OfAsync("keys", "new", _folder["k.pem"])).Expect(ExitCode.Fine);
        Assert.True(PublicKey.TryParse(run.Out.Trim(), out var printed));
        using var key = KeyFile.Read(_folder["k.pem"]);
        Assert.Equal(key.Public, printed);
        Assert.True(Es256.Verify(printed, "message"u8, key.Sign("message"u8)));
        Assert.StartsWith("-----BEGIN PRIVATE KEY-----", File.ReadAllText(_folder["k.pem"]));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["k.pem"]));
        }
    }

    [Fact]
    public async Task A_key_file_is_never_written_over()
    {
        await CliRun.OfAsync("keys", "new", _folder["k.pem"]);
        var before = File.ReadAllText(_folder["k.pem"]);
        (await CliRun.OfAsync("keys", "new", _folder["k.pem"])).Expect(ExitCode.CouldNotRun).ExpectError("already exists");
        Assert.Equal(before, File.ReadAllText(_folder["k.pem"]));
    }

    [Fact]
    public async Task The_public_key_is_shown_of_either_half()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(_folder["private.pem"], key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(_folder["public.pem"], key.ExportSubjectPublicKeyInfoPem());
        foreach (var file in new[] { "private.pem", "public.pem" })
        {
            var run = (await CliRun.OfAsync("keys", "show", _folder[file], "--json")).Expect(ExitCode.Fine);
            Assert.Equal(Es256.PublicKeyOf(key).ToString(), run.Json["publicKey"]!.GetValue<string>());
        }
    }

    [Fact]
    public void What_is_no_private_key_on_P256_does_not_sign()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(_folder["p384.pem"], other.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(_folder["public.pem"], key.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(_folder["text.pem"], "no key");
        foreach (var file in new[] { "p384.pem", "public.pem", "text.pem" })
        {
            Assert.Contains("expected a P-256 private key", Assert.Throws<CannotRunException>(() => KeyFile.Read(_folder[file])).Message);
        }
    }

    [Fact]
    public void A_key_that_others_may_read_is_noticed()
    {
        using var key = SigningKey.Create();
        KeyFile.Write(_folder["k.pem"], key);
        Assert.False(KeyFile.IsOpenToOthers(_folder["k.pem"]));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder["k.pem"], UnixFileMode.UserRead | UnixFileMode.GroupRead);
            Assert.True(KeyFile.IsOpenToOthers(_folder["k.pem"]));
        }
    }

    public void Dispose() => _folder.Dispose();
}
