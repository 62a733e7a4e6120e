namespace Actors.Silo.Health;

/// <summary>
/// The probes of a process without HTTP API. Startup: has the silo joined the cluster? Ready: is it a member that is to be called? Live: does the process answer
/// at all? Live touches neither database nor grain: a database that is slow must not have every silo killed.
/// </summary>
internal static class SiloHealth
{
    private const string Fine = "ok";

    public static void MapSiloHealth(this IEndpointRouteBuilder routes)
    {
        var health = routes.MapGroup("/health");
        health.MapGet("/live", () => TypedResults.Text(Fine));
        health.MapGet("/startup", (ILocalSiloDetails silo, IClusterMembershipService members) => Answer(StatusOf(silo, members) is not (SiloStatus.None or SiloStatus.Created or SiloStatus.Joining)));
        health.MapGet("/ready", (ILocalSiloDetails silo, IClusterMembershipService members, IHostApplicationLifetime lifetime) =>
            Answer(StatusOf(silo, members) == SiloStatus.Active && !lifetime.ApplicationStopping.IsCancellationRequested));
    }

    private static SiloStatus StatusOf(ILocalSiloDetails silo, IClusterMembershipService members) => members.CurrentSnapshot.GetSiloStatus(silo.SiloAddress);

    private static IResult Answer(bool holds) => holds ? TypedResults.Text(Fine) : TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
}
