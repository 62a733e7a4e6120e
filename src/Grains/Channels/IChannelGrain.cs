using Actors.Engine.Relays;

namespace Actors.Grains.Channels;

/// <summary>The relay of one channel between two chains of the cluster; the key is a <see cref="ChannelKey"/>.</summary>
[Alias("actors.channel")]
internal interface IChannelGrain : IGrainWithStringKey
{
    /// <summary>How long a call waits at most for what it is about to be carried.</summary>
    static readonly TimeSpan CarryWaitMax = TimeSpan.FromSeconds(10);

    /// <summary>
    /// One of the two chains says that there may be something to carry. Answers when it is carried, or after <see cref="CarryWaitMax"/>: whoever asked learns
    /// from the call that fails that the silo with this grain is gone.
    /// </summary>
    /// <exception cref="Faults.LedgerFaultException">The key is no channel's, the chain is not one of its ends, or a chain cannot be reached.</exception>
    [Alias("wake")]
    Task<RelayProgress> WakeAsync(string chain, RelayWake wake);
}
