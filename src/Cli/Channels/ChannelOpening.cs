using Actors.Cli.Client;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Operations;

namespace Actors.Cli.Channels;

/// <summary>What is to stand between the two chains when the opening is done.</summary>
/// <param name="InFlightMax">Of a channel that is opened now; one that is there keeps its own.</param>
/// <param name="Channel">The channel's number on the first chain, where there are several; null for the only one.</param>
/// <param name="Another">Open one more although there is one.</param>
/// <param name="FromAssets">Assets of the first chain that are to cross.</param>
/// <param name="ToAssets">Assets of the second chain that are to cross.</param>
internal sealed record OpeningPlan(uint InFlightMax, uint? Channel, bool Another, IReadOnlyList<AssetOverChannel> FromAssets, IReadOnlyList<AssetOverChannel> ToAssets);

/// <summary>
/// Opens a channel between two chains: each makes the other known, the first opens an end, the second answers it, and each opens the routes that are not
/// there. At most a transaction on each. What is there already is left as it is, so that the same command again goes on where one was broken off. The last
/// step, each side hearing of the other, a relay brings: the node's own between two chains of it, <see cref="OpeningHandshake"/> between two nodes.
/// </summary>
internal sealed class ChannelOpening(OpeningEnd from, OpeningEnd to, OpeningPlan plan)
{
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(100);

    /// <summary>The channel's numbers on the two chains.</summary>
    /// <exception cref="CannotRunException">There are several, or it cannot be opened; the message says what to do.</exception>
    public async Task<(uint From, uint To)> OpenAsync(CancellationToken cancellation)
    {
        if (from.Genesis.Hash == to.Genesis.Hash)
        {
            throw new CannotRunException($"{from.Chain} and {to.Chain} are one chain: a channel is between two");
        }

        var fromPeer = await from.FindPeerAsync(to, cancellation);
        var toPeer = await to.FindPeerAsync(from, cancellation);
        var (first, second) = await FindAsync(fromPeer, toPeer, cancellation);
        var fromNumber = first?.Number ?? await EndAsync(from, to, fromPeer, null, second?.Number ?? 0, plan.FromAssets, plan.ToAssets, cancellation);
        var toNumber = second?.Number ?? await EndAsync(to, from, toPeer, null, fromNumber, plan.ToAssets, plan.FromAssets, cancellation);
        if (first is not null)
        {
            await EndAsync(from, to, fromPeer, first, 0, plan.FromAssets, plan.ToAssets, cancellation);
        }

        if (second is not null)
        {
            await EndAsync(to, from, toPeer, second, 0, plan.ToAssets, plan.FromAssets, cancellation);
        }

        return (fromNumber, toNumber);
    }

    /// <summary>Waits until both ends are open; false when they are not within <paramref name="patience"/>.</summary>
    public async Task<bool> IsOpenAsync(uint fromNumber, uint toNumber, TimeSpan patience, CancellationToken cancellation)
    {
        var until = DateTimeOffset.UtcNow + patience;
        while (true)
        {
            if ((await from.ChannelAsync(fromNumber, cancellation)).State == ChannelWords.Open && (await to.ChannelAsync(toNumber, cancellation)).State == ChannelWords.Open)
            {
                return true;
            }

            if (DateTimeOffset.UtcNow >= until)
            {
                return false;
            }

            await Task.Delay(LookAgainAfter, cancellation);
        }
    }

    /// <summary>The ends that are there: both, the first alone, the second alone, or neither.</summary>
    private async Task<(ChannelAnswer? First, ChannelAnswer? Second)> FindAsync(PeerAnswer? fromPeer, PeerAnswer? toPeer, CancellationToken cancellation)
    {
        if (plan.Another)
        {
            return (null, null);
        }

        var firsts = await from.ChannelsAsync(fromPeer, cancellation);
        var seconds = await to.ChannelsAsync(toPeer, cancellation);
        List<(ChannelAnswer? First, ChannelAnswer? Second)> pairs =
        [
            .. firsts.Select(first => ((ChannelAnswer?)first, seconds.Find(second => second.PeerChannel == first.Number || second.Number == first.PeerChannel))),
            .. seconds.Where(second => second.PeerChannel == 0 && !firsts.Exists(first => first.PeerChannel == second.Number)).Select(second => ((ChannelAnswer?)null, (ChannelAnswer?)second)),
        ];
        if (plan.Channel is { } wanted)
        {
            var found = pairs.Find(pair => pair.First?.Number == wanted);
            return found.First is not null ? found : throw new CannotRunException($"chain {from.Chain} has no channel {wanted} to {to.Chain} that is not abandoned");
        }

        return pairs.Count switch
        {
            0 => (null, null),
            1 => pairs[0],
            _ => throw new CannotRunException(
                $"there are {pairs.Count} channels between {from.Chain} and {to.Chain}: name one of {from.Chain}'s with --channel ({string.Join(", ", firsts.Select(first => first.Number))}), or open one more with --another"),
        };
    }

    /// <summary>Makes the other chain known, opens the end and the routes, as far as they are not there; the end's number.</summary>
    private async Task<uint> EndAsync(
        OpeningEnd end,
        OpeningEnd other,
        PeerAnswer? peer,
        ChannelAnswer? there,
        uint answers,
        IReadOnlyList<AssetOverChannel> ownAssets,
        IReadOnlyList<AssetOverChannel> otherAssets,
        CancellationToken cancellation)
    {
        var builder = new TransactionBuilder(end.Genesis.Hash);
        var opened = -1;
        EntityReference channel;
        if (there is null)
        {
            var known = peer is null ? builder.Create(new OpenPeer(other.KnownAs, other.Genesis)) : EntityReference.Numbered(peer.Number);
            opened = builder.Operations.Count;
            channel = builder.Create(new OpenChannel(known, plan.InFlightMax, answers));
        }
        else
        {
            channel = EntityReference.Numbered(there.Number);
        }

        await AddRoutesAsync(builder, end, other, there, channel, ownAssets, otherAssets, cancellation);
        if (builder.Operations.Count == 0)
        {
            return there!.Number;
        }

        var answer = await end.SubmitAsync(builder, cancellation);
        return there?.Number ?? (uint)answer.Operations.First(operation => operation.Operation == opened).Created!.Value;
    }

    private static async Task AddRoutesAsync(
        TransactionBuilder builder,
        OpeningEnd end,
        OpeningEnd other,
        ChannelAnswer? there,
        EntityReference channel,
        IReadOnlyList<AssetOverChannel> ownAssets,
        IReadOnlyList<AssetOverChannel> otherAssets,
        CancellationToken cancellation)
    {
        var routes = there is null ? [] : await end.RoutesAsync(there.Number, cancellation);
        foreach (var own in ownAssets.Where(own => !routes.Exists(route => route.PeerAsset is null && route.Asset == own.Asset)))
        {
            builder.Add(new OpenRoute(channel, EntityReference.Numbered(own.Asset)));
        }

        foreach (var foreign in otherAssets.Where(foreign => !routes.Exists(route => route.PeerAsset == foreign.Asset)))
        {
            var asset = await other.AssetAsync(foreign.Asset, cancellation);
            builder.Add(new OpenRoute(channel, default, new Voucher(foreign.Asset, (byte)asset.Scale, foreign.CodeOf(other.Chain, asset))));
        }
    }
}
