using System.Net;
using System.Net.Sockets;

namespace Actors.Grains.Webhooks;

/// <summary>
/// Which URLs may be told. Looking only at the name would not do: it may resolve to another address at the next look. So the URL is checked when it is added, and the
/// address itself each time a connection is made to it.
/// </summary>
internal static class WebhookTarget
{
    public const int UrlCharactersMax = 2_048;

    private static readonly IPNetwork[] NotPublic =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("192.88.99.0/24"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("198.51.100.0/24"), IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("224.0.0.0/3"),
    ];

    // Of IPv6 only what is handed out for use between networks; translated and tunnelled addresses could hide one of the above.
    private static readonly IPNetwork PublicIPv6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] NotPublicIPv6 = [IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2002::/16")];

    /// <exception cref="ArgumentException">It is no URL that may be told.</exception>
    public static Uri Parse(string url, bool allowPrivate)
    {
        if (url is null || url.Length > UrlCharactersMax || !Uri.TryCreate(url, UriKind.Absolute, out var target))
        {
            throw new ArgumentException($"a webhook's URL is an absolute one of at most {UrlCharactersMax} characters");
        }

        if (target.Scheme != Uri.UriSchemeHttps && !(allowPrivate && target.Scheme == Uri.UriSchemeHttp))
        {
            throw new ArgumentException($"a webhook's URL starts with https://, found {target.Scheme}://");
        }

        if (target.UserInfo.Length > 0)
        {
            throw new ArgumentException("a webhook's URL carries no user name or password");
        }

        if (!allowPrivate && IPAddress.TryParse(target.Host.Trim('[', ']'), out var address) && !IsPublic(address))
        {
            throw new ArgumentException($"{address} is not a public address");
        }

        return target;
    }

    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetwork
            ? !NotPublic.Any(network => network.Contains(plain))
            : PublicIPv6.Contains(plain) && !NotPublicIPv6.Any(network => network.Contains(plain));
    }
}
