namespace Actors.Grains.Chains;

/// <summary>
/// "There are blocks up to this height": a wake-up, on stream <see cref="StreamNamespace"/> with the chain's id as key. It may come late, twice or not at
/// all, so whoever hears it reads what is new from the chain.
/// </summary>
[GenerateSerializer, Immutable, Alias("actors.block-news.1")]
public readonly record struct BlockNews([property: Id(0)] ulong Height)
{
    public const string StreamProvider = "blocks";
    public const string StreamNamespace = "blocks";
}
