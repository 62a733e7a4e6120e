using Actors.Engine;
using Actors.Engine.Views;
using Actors.Gateway.Access;
using Actors.Gateway.Chains;
using Actors.Gateway.Hosting;
using Actors.Gateway.Json;
using Actors.Gateway.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Actors.Gateway.Channels;

internal static class ChannelEndpoints
{
    private const int PageDefault = 100;
    private const int PacketsDefault = 50;
    private const string Stuck = "stuck";

    public static void MapChannels(this RouteGroupBuilder v1)
    {
        v1.MapGet("/chains/{chain}/peers", PeersAsync).WithName("ListPeers").Needs(Need.ReadChain).WithSummary("The chains that this one knows, by number, a page at a time.");
        v1.MapGet("/chains/{chain}/peers/{number}", PeerAsync).WithName("ShowPeer").Needs(Need.ReadChain).WithSummary("A chain that this one knows.");
        v1.MapGet("/chains/{chain}/channels", ListAsync).WithName("ListChannels").Needs(Need.ReadChain).WithSummary("Channels by number, a page at a time.");
        v1.MapGet("/chains/{chain}/channels/{channel}", ShowAsync).WithName("ShowChannel").Needs(Need.ReadChain).WithSummary("Where a channel stands, with the first of its routes.");
        v1.MapGet("/chains/{chain}/channels/{channel}/routes", RoutesAsync).WithName("ListRoutes").Needs(Need.ReadChain).WithSummary("The routes over a channel by number, a page at a time.");
        v1.MapGet("/chains/{chain}/routes", ToPeerAsync).WithName("FindRoutes").Needs(Need.ReadChain).ProducesProblems(422)
            .WithSummary("The routes that value of an asset can be sent over to a peer, by the peer's name.");
        v1.MapGet("/chains/{chain}/channels/{channel}/packets", PacketsAsync).WithName("ListPackets").Needs(Need.ReadAll)
            .WithSummary("Packets that are not settled and what each waits for, by sequence, a page at a time; state=stuck gives those that somebody should look at.");
    }

    private static async Task<Ok<PeerListJson>> PeersAsync(ChainRequest request, string? after, string? limit)
    {
        var count = Parameters.ParseCount(limit, PageDefault, 1, IChannelReads.PageMax, "limit");
        var peers = await request.Chain.Channels.ListPeersAsync(After(after), count, request.Cancellation);
        return TypedResults.Ok(new PeerListJson([.. peers.Select(PeerJson.From)], peers.Count == count ? peers[^1].Number : null));
    }

    private static async Task<Ok<PeerJson>> PeerAsync(ChainRequest request, string number, string? current)
    {
        var peer = Number(number, "number");
        return await request.Chain.Channels.GetPeerAsync(peer, Parameters.ParseFlag(current, "current"), request.Cancellation) is { } view
            ? TypedResults.Ok(PeerJson.From(view))
            : throw new RefusedException(ProblemKind.PeerNotFound, $"chain '{request.Id}' has no peer {peer}");
    }

    private static async Task<Ok<ChannelListJson>> ListAsync(ChainRequest request, string? after, string? limit)
    {
        var count = Parameters.ParseCount(limit, PageDefault, 1, IChannelReads.PageMax, "limit");
        var channels = await request.Chain.Channels.ListAsync(After(after), count, request.Cancellation);
        return TypedResults.Ok(new ChannelListJson([.. channels.Select(ChannelJson.From)], channels.Count == count ? channels[^1].Number : null));
    }

    private static async Task<Ok<ChannelJson>> ShowAsync(ChainRequest request, string channel, string? current)
    {
        var number = Number(channel, "channel");
        var view = await request.Chain.Channels.GetAsync(number, Parameters.ParseFlag(current, "current"), request.Cancellation) ?? throw NotFound(request, number);
        var routes = await request.Chain.Channels.ListRoutesAsync(number, 0, PageDefault, request.Cancellation);
        return TypedResults.Ok(ChannelJson.From(view) with { Routes = RouteListJson.From(request.Id, routes, PageDefault) });
    }

    private static async Task<Ok<RouteListJson>> RoutesAsync(ChainRequest request, string channel, string? after, string? limit)
    {
        var number = Number(channel, "channel");
        var count = Parameters.ParseCount(limit, PageDefault, 1, IChannelReads.PageMax, "limit");
        var routes = await request.Chain.Channels.ListRoutesAsync(number, After(after), count, request.Cancellation);
        return routes.Count > 0 || await request.Chain.Channels.GetAsync(number, current: false, request.Cancellation) is not null
            ? TypedResults.Ok(RouteListJson.From(request.Id, routes, count))
            : throw NotFound(request, number);
    }

    private static async Task<Ok<RoutesToPeerJson>> ToPeerAsync(ChainRequest request, string? peer, string? asset)
    {
        var found = await TransfersAcross.RequireAsync(request.Chain, TextForms.Chain.Parse(peer ?? "", "peer"), TextForms.Asset.Parse(asset ?? "", "asset"), request.Cancellation);
        return TypedResults.Ok(new RoutesToPeerJson([.. found.Select(candidate => new RouteToPeerJson(ChannelJson.From(candidate.Channel), RouteJson.From(request.Id, candidate.Route)))]));
    }

    private static async Task<Ok<PacketListJson>> PacketsAsync(ChainRequest request, NodeHost host, string channel, string? state, string? after, string? limit)
    {
        var number = Number(channel, "channel");
        var query = new PacketQuery
        {
            After = TextForms.Unsigned.ParseOptional(after, "after") ?? 0,
            CountMax = Parameters.ParseCount(limit, PacketsDefault, 1, PacketQuery.PacketsPerPageMax, "limit"),
            OnlyStuck = state == Stuck,
            Status = state is null or Stuck ? null : ChannelTextForms.Status.Parse(state, "state"),
        };
        var page = await request.Chain.Channels.ListPacketsAsync(number, query, request.Cancellation) ?? throw NotFound(request, number);
        var peer = page.Channel.Peer;
        var other = page.Packets.Count == 0 ? null : await OtherSide.FindAsync(host.Node, peer.Name, peer.Genesis, page.Channel.PeerChannel, request.Cancellation);
        return TypedResults.Ok(new PacketListJson([.. page.Packets.Select(packet => PacketJson.From(OtherSide.Tell(packet, other)))], page.Next, page.Channel.AsOf));
    }

    public static uint Number(string text, string name) => TextForms.ParseUnsigned(text) is { } number and > 0 and <= uint.MaxValue
        ? (uint)number
        : throw new RefusedException(ProblemKind.BadParameter, $"'{name}' is not a number from 1 in decimal digits");

    private static uint After(string? text) => text is null ? 0
        : TextForms.ParseUnsigned(text) is { } number and <= uint.MaxValue ? (uint)number
        : throw new RefusedException(ProblemKind.BadParameter, "'after' is not a number in decimal digits");

    private static RefusedException NotFound(ChainRequest request, uint channel) => new(ProblemKind.ChannelNotFound, $"chain '{request.Id}' has no channel {channel}");
}
