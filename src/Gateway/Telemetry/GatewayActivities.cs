using System.Diagnostics;
using Actors.Gateway.Problems;

namespace Actors.Gateway.Telemetry;

/// <summary>Spans of the gateway: one for each transaction that somebody waits for. They cost nothing while nobody listens.</summary>
internal static class GatewayActivities
{
    private static readonly ActivitySource Source = new(GatewayMetrics.Name);

    /// <summary>From handing a transaction over to its answer.</summary>
    public static Activity? StartSubmission() => Source.StartActivity("submit");

    public static void Answered(this Activity? activity, Answer answer)
    {
        if (activity is null)
        {
            return;
        }

        activity.SetTag("actors.transaction", answer.Id?.ToString());
        activity.SetTag("actors.outcome", answer.Outcome?.ToString() ?? answer.Kind?.Slug());
        activity.SetStatus(answer.Status >= StatusCodes.Status500InternalServerError ? ActivityStatusCode.Error : ActivityStatusCode.Unset);
    }
}
