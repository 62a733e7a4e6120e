namespace Actors.Gateway.Problems;

internal static class ProblemConventions
{
    /// <summary>Says in the OpenAPI description which statuses carry problem details.</summary>
    public static TBuilder ProducesProblems<TBuilder>(this TBuilder builder, params int[] statuses) where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
        {
            builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemJson), ["application/problem+json"]));
        }

        return builder;
    }
}
