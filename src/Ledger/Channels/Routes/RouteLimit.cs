namespace Actors.Ledger.Channels.Routes;

/// <summary>
/// Counts what goes over a limited route. The hour begins with the first movement after the one before it ended, so that no hour on the clock
/// can hold more than two limits and none that is counted more than one.
/// </summary>
internal static class RouteLimit
{
    public static bool AllowsSending(in RouteRecord route, long amount, ulong timeMs) => Allows(route, route.SentInWindow, amount, timeMs);

    public static bool AllowsReceiving(in RouteRecord route, long amount, ulong timeMs) => Allows(route, route.ReceivedInWindow, amount, timeMs);

    public static void CountSent(RouteTable routes, uint number, long amount, ulong timeMs)
    {
        if (routes.Read(number).LimitPerHour != RouteRecord.NoLimit)
        {
            Begin(ref routes.Write(number), timeMs).SentInWindow += amount;
        }
    }

    public static void CountReceived(RouteTable routes, uint number, long amount, ulong timeMs)
    {
        if (routes.Read(number).LimitPerHour != RouteRecord.NoLimit)
        {
            Begin(ref routes.Write(number), timeMs).ReceivedInWindow += amount;
        }
    }

    private static bool Allows(in RouteRecord route, long counted, long amount, ulong timeMs) =>
        route.LimitPerHour == RouteRecord.NoLimit || (Int128)(IsOver(route, timeMs) ? 0 : counted) + amount <= route.LimitPerHour;

    private static bool IsOver(in RouteRecord route, ulong timeMs) => timeMs >= route.WindowStartMs + Limits.RouteWindowMs;

    private static ref RouteRecord Begin(ref RouteRecord route, ulong timeMs)
    {
        if (IsOver(route, timeMs))
        {
            route.WindowStartMs = timeMs;
            route.SentInWindow = 0;
            route.ReceivedInWindow = 0;
        }

        return ref route;
    }
}
