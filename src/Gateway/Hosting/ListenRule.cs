using System.Net;
using Actors.Gateway.Settings;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Actors.Gateway.Hosting;

/// <summary>
/// Off loopback nothing is served without credentials. Asked for every endpoint just before it is bound, whichever setting it came from.
/// </summary>
internal static class ListenRule
{
    /// <exception cref="StartRefusedException">The endpoint is not loopback and nobody would be asked who they are.</exception>
    public static void Check(ListenOptions endpoint, AccessOptions access)
    {
        if (!access.IsConfigured && endpoint.IPEndPoint is { } address && !IPAddress.IsLoopback(address.Address))
        {
            throw new StartRefusedException(
                $"{address} is not loopback, and no credentials are configured: set Actors:Access:ApiKeys or Actors:Access:Jwt, or listen on {GatewayOptions.ListenDefault}");
        }
    }

    /// <summary>
    /// Where loopback is trusted, a web page that made its own name resolve to 127.0.0.1 is still a stranger: its requests carry that name as Host.
    /// </summary>
    public static void FilterHosts(HostFilteringOptions filtering, IOptions<GatewayOptions> options)
    {
        if (!options.Value.Access.IsConfigured)
        {
            filtering.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"];
            filtering.AllowEmptyHosts = false;
        }
    }
}
