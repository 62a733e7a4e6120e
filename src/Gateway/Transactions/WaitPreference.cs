using System.Globalization;

namespace Actors.Gateway.Transactions;

/// <summary>
/// How long a client is willing to wait for its answer before it is told where to look: <c>Prefer: respond-async</c> or <c>wait=N</c>, in seconds
/// (RFC 7240). What is not understood is passed over, as the RFC asks.
/// </summary>
/// <param name="Wait">At most what the node waits for anybody.</param>
/// <param name="Applied">For <c>Preference-Applied</c>; null when the node does not wait as long as it was asked to.</param>
internal readonly record struct WaitPreference(TimeSpan Wait, string? Applied)
{
    private const string Asynchronous = "respond-async";
    private const string WaitName = "wait";

    /// <summary>Null when the request has none.</summary>
    public static WaitPreference? Of(HttpRequest request, TimeSpan waitMax)
    {
        WaitPreference? found = null;
        foreach (var preference in request.Headers["Prefer"].SelectMany(value => value?.Split(',') ?? []))
        {
            var (name, value) = Read(preference);
            if (name.Equals(WaitName, StringComparison.OrdinalIgnoreCase) && uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            {
                var wait = TimeSpan.FromSeconds(seconds);
                return wait <= waitMax ? new WaitPreference(wait, $"{WaitName}={seconds}") : new WaitPreference(waitMax, null);
            }

            if (name.Equals(Asynchronous, StringComparison.OrdinalIgnoreCase))
            {
                found = new WaitPreference(TimeSpan.Zero, Asynchronous);
            }
        }

        return found;
    }

    /// <summary>Name and value, without the parameters that may follow them.</summary>
    private static (string Name, string Value) Read(string preference)
    {
        var parts = preference.Split(';', 2)[0].Split('=', 2);
        return (parts[0].Trim(), parts.Length == 2 ? parts[1].Trim().Trim('"') : "");
    }
}
