namespace Actors.Engine.Relays;

/// <summary>Whoever runs the relays of a chain's channels. Called on the chain's loop; MUST be quick and MUST NOT throw.</summary>
public interface IChannelListener
{
    /// <summary>A commit moved the channel.</summary>
    void Moved(uint channel);

    /// <summary>Packets of the channel may have timed out.</summary>
    void TimedOut(uint channel);

    /// <summary>The chain was opened or woken, and the channel has unsettled packets.</summary>
    void Unsettled(uint channel);
}
