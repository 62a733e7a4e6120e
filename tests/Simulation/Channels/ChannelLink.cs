namespace Actors.Simulation.Channels;

/// <summary>A channel between two chains, by its number on each.</summary>
internal sealed record ChannelLink(ChannelChain A, uint OfA, ChannelChain B, uint OfB)
{
    public ChannelChain Other(ChannelChain chain) => chain == A ? B : A;

    public uint Of(ChannelChain chain) => chain == A ? OfA : OfB;

    /// <summary>Whether one side was given up: then nothing is proven about it any more.</summary>
    public bool IsAbandoned => A.State.Channels[OfA].Standing == "abandoned" || B.State.Channels[OfB].Standing == "abandoned";
}

/// <summary>The way of an asset over a link, from the side that the original is on; the routes' numbers on both sides.</summary>
internal sealed record ChannelWay(ChannelLink Link, ChannelChain Home, ulong AtHome, ulong AtAway)
{
    public ChannelChain Away => Link.Other(Home);

    public ulong On(ChannelChain chain) => chain == Home ? AtHome : AtAway;
}
