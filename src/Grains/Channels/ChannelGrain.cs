using Actors.Engine.Clocks;
using Actors.Engine.Relays;
using Actors.Grains.Faults;
using Actors.Ledger.Chains;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Placement;

namespace Actors.Grains.Channels;

/// <summary>
/// Relays between two chains of the cluster. It lives on the silo of the chain that first had something to carry, so that of the two calls that each batch takes
/// one stays in the process. It keeps nothing: where to go on it reads from the chains, so losing it loses nothing and having it twice does no harm.
/// </summary>
[Reentrant]
[PreferLocalPlacement]
internal sealed class ChannelGrain(ILogger<ChannelGrain> logger) : Grain, IChannelGrain
{
    private ChannelKey _key;
    private bool _isKey;
    private Task<ChannelRelay?>? _opening;

    public override Task OnActivateAsync(CancellationToken cancellation)
    {
        _isKey = ChannelKey.TryParse(this.GetPrimaryKeyString(), out _key);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellation)
    {
        if (_opening is { IsCompletedSuccessfully: true, Result: { } relay })
        {
            relay.Stop();
        }

        return Task.CompletedTask;
    }

    public async Task<RelayProgress> WakeAsync(string chain, RelayWake wake)
    {
        if (!_isKey || (chain != _key.One.Chain.Value && chain != _key.Other.Chain.Value))
        {
            DeactivateOnIdle();
            throw FaultWire.BadRequest("expected the key of a channel, chain/number~chain/number, and one of its chains");
        }

        if (await RelayAsync() is { } relay)
        {
            return await relay.WakeAsync(chain == _key.One.Chain.Value, wake, IChannelGrain.CarryWaitMax);
        }

        DeactivateOnIdle();
        return RelayProgress.NotHere;
    }

    private async Task<ChannelRelay?> RelayAsync()
    {
        _opening ??= FaultWire.Translate(OpenAsync);
        try
        {
            return await _opening;
        }
        catch
        {
            _opening = null;
            throw;
        }
    }

    /// <summary>Null when the two chains are not both here, or do not mean each other.</summary>
    private async Task<ChannelRelay?> OpenAsync()
    {
        if (await EndAsync(_key.One) is not { } one || await EndAsync(_key.Other) is not { } other)
        {
            return null;
        }

        if (!await MeansAsync(one, other) && !await MeansAsync(other, one))
        {
            return null;
        }

        logger.Relayed(_key.ToString());
        return new ChannelRelay(one, other, SystemClock.Instance);
    }

    private async Task<ChannelEnd?> EndAsync(ChannelKey.End end)
    {
        var grain = GrainFactory.GetGrain<IChainGrain>(end.Chain.Value);
        try
        {
            var genesis = Genesis.Parse(await grain.GetGenesisAsync());
            return new ChannelEnd(new GrainRelayEnd(genesis, grain, GrainFactory.GetGrain<IRelayGrain>(end.Chain.Value)), end.Channel);
        }
        catch (LedgerFaultException fault) when (fault.Fault.Kind == FaultKind.ChainNotFound)
        {
            return null;
        }
    }

    private static async Task<bool> MeansAsync(ChannelEnd one, ChannelEnd other) =>
        await one.Chain.GetRelayPositionAsync(one.Channel, CancellationToken.None) is { } position
        && position.PeerGenesis == other.Chain.Genesis.Hash && position.PeerChannel == other.Channel;
}
