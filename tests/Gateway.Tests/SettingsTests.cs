using Actors.Gateway.Hosting;
using Actors.Gateway.Settings;
using Microsoft.Extensions.Options;

namespace Actors.Gateway.Tests;

/// <summary>What is mistyped stops the start, by name.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-settings-").FullName;

    [Theory]
    [InlineData("Actors:DataFoldr", "x")]
    [InlineData("Actors:Http:ComitWaitMs", "5")]
    [InlineData("Actors:Access:ApiKeys:0:Scope", "read-all")]
    [InlineData("Actors:Access:Jwt:Isuer", "x")]
    [InlineData("Actors:Http:CommitWaitMs:Value", "5")]
    [InlineData("Actors:Grains", "x")]
    public void An_unknown_setting(string setting, string value) => Refuses<StartRefusedException>(setting, $"--{setting}", value);

    [Theory]
    [InlineData("--dat", "x")]
    [InlineData("--Actor:DataFolder", "x")]
    [InlineData("serve", "x")]
    [InlineData("-x", "y")]
    public void An_unknown_argument(string name, string value) => Refuses<StartRefusedException>(name, name, value);

    [Fact]
    public void An_argument_without_its_value() => Refuses<StartRefusedException>("'--Actors:Listen' has no value", "--Actors:Listen");

    [Theory]
    [InlineData("Actors:Http:StreamsMax", "-1", "Actors:Http:StreamsMax is -1")]
    [InlineData("Actors:Http:SlowClientGraceMs", "1000", "Actors:Http:SlowClientGraceMs is 1000")]
    [InlineData("Actors:Http:IntakeBytesMax", "0", "Actors:Http:IntakeBytesMax is 0")]
    [InlineData("Actors:Engine:PageCacheBytesMax", "1", "Actors:Engine:PageCacheBytesMax is 1")]
    [InlineData("Actors:Access:ApiKeys:0:Sha256", "abc", "Actors:Access:ApiKeys:0:Sha256")]
    [InlineData("Actors:Access:ApiKeys:0:Scopes:0", "write", "'write'")]
    [InlineData("Actors:Access:Jwt:Issuer", "x", "Actors:Access:Jwt:Audience is missing")]
    [InlineData("Actors:Access:Jwt:PublicKeyFiles:0", "/nowhere.pem", "/nowhere.pem")]
    public void A_value_out_of_its_range(string setting, string value, string said) => Refuses<OptionsValidationException>(said, $"--{setting}", value);

    [Fact]
    public void A_value_that_is_no_number() => Refuses<InvalidOperationException>("Actors:Http:StreamsMax", "--Actors:Http:StreamsMax", "many");

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://127.0.0.1:0;http://0.0.0.0:0")]
    public Task Off_loopback_nothing_is_served_without_credentials(string listen) => RefusesToListen("--listen", listen);

    [Fact]
    public Task Nor_when_kestrels_own_settings_say_where() => RefusesToListen("--Kestrel:Endpoints:Open:Url", "http://0.0.0.0:0");

    [Fact]
    public Task Nor_when_urls_says_where() => RefusesToListen("--urls", "http://0.0.0.0:0");

    [Fact]
    public async Task Off_loopback_is_fine_with_credentials()
    {
        await using var app = Create("--listen", "http://0.0.0.0:0", "--Actors:Access:ApiKeys:0:Name", "a", "--Actors:Access:ApiKeys:0:Sha256", new string('0', 64), "--Actors:Access:ApiKeys:0:Scopes:0", "admin");
        await app.StartAsync();
        await app.StopAsync();
    }

    [Fact]
    public void The_admin_token_is_for_its_owner_alone_and_stays()
    {
        using (Create() as IDisposable)
        {
        }

        var path = Path.Combine(_folder, "admin-token");
        var token = File.ReadAllText(path);
        using (Create() as IDisposable)
        {
        }

        Assert.Equal(token, File.ReadAllText(path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void An_empty_admin_token_stops_the_start()
    {
        File.WriteAllText(Path.Combine(_folder, "admin-token"), "");
        Refuses<StartRefusedException>("admin-token");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Microsoft.AspNetCore.Builder.WebApplication Create(params string[] args) => GatewayApplication.Create(["--data", _folder, "--listen", "http://127.0.0.1:0", .. args], new GatewayHosting(EmbeddedNode.Opener));

    private void Refuses<TException>(string said, params string[] args) where TException : Exception
    {
        var refused = Assert.Throws<TException>(() => Create(args));
        Assert.Contains(said, refused.Message);
    }

    private async Task RefusesToListen(params string[] args)
    {
        await using var app = Create(args);
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => app.StartAsync());
        Assert.Contains("is not loopback", refused.Message);
        await app.StopAsync();
    }
}
