namespace Actors.Gateway.Access;

/// <summary>What a route needs of the caller before its handler runs. Every route under /v1 has one; a route without is refused.</summary>
internal enum Need
{
    /// <summary>Any credentials.</summary>
    Caller,

    /// <summary>The scope admin.</summary>
    Admin,

    /// <summary>The scope submit.</summary>
    Submit,

    /// <summary>Any read of the chain, or submit: what a signer must know of it.</summary>
    Chain,

    /// <summary>Any read of the chain: what concerns nobody's accounts.</summary>
    ReadChain,

    /// <summary>Any read of the chain; the handler then refuses what concerns none of the caller's keysets.</summary>
    ReadConcerned,

    /// <summary>The scope read-all.</summary>
    ReadAll,
}

internal sealed record NeedMetadata(Need Need);

internal static class NeedConventions
{
    public static TBuilder Needs<TBuilder>(this TBuilder builder, Need need) where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(new NeedMetadata(need)));
        return builder;
    }
}
