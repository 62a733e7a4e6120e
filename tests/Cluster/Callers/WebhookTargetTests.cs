using System.Net;
using Actors.Grains.Webhooks;

namespace Actors.ClusterTests.Callers;

/// <summary>Whoever may add a webhook must not be able to make a silo call what only silos reach.</summary>
public sealed class WebhookTargetTests
{
    [Theory]
    [InlineData("http://example.com/")]
    [InlineData("ftp://example.com/")]
    [InlineData("https://user:password@example.com/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("/relative")]
    [InlineData("")]
    public void Is_refused(string url) => Assert.Throws<ArgumentException>(() => WebhookTarget.Parse(url, allowPrivate: false));

    [Fact]
    public void Is_refused_when_it_is_too_long() => Assert.Throws<ArgumentException>(() => WebhookTarget.Parse("https://example.com/" + new string('a', WebhookTarget.UrlCharactersMax), allowPrivate: false));

    [Fact]
    public void Is_taken_when_it_is_https_to_a_name() => Assert.Equal("example.com", WebhookTarget.Parse("https://example.com/hook?a=b", allowPrivate: false).Host);

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.9.9.9", false)]
    [InlineData("169.254.1.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("::ffff:192.168.0.1", false)]
    public void Only_public_addresses_are_connected_to(string address, bool isPublic) => Assert.Equal(isPublic, WebhookTarget.IsPublic(IPAddress.Parse(address)));
}
