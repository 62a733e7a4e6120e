namespace Actors.Gateway.Hosting;

/// <summary>What a program that hosts the gateway says: which node it serves, and what it has besides.</summary>
internal sealed record GatewayHosting(Func<IServiceProvider, NodeOpener> Open)
{
    /// <summary>For "The ... did not start".</summary>
    public string Program { get; init; } = "gateway";

    /// <summary>Sections under <c>Actors</c> that are read beside the gateway's own, with the type that each is bound to.</summary>
    public IReadOnlyDictionary<string, Type> Sections { get; init; } = new Dictionary<string, Type>();

    /// <summary>Short names of arguments beside the gateway's own.</summary>
    public IReadOnlyDictionary<string, string> ShortNames { get; init; } = new Dictionary<string, string>();

    /// <summary>Called when settings were read and found known, before anything is built.</summary>
    public Action<WebApplicationBuilder> Configure { get; init; } = _ => { };
}
