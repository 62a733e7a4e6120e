using Actors.Engine.Views;
using Actors.Gateway.Access;
using Actors.Gateway.Chains;
using Actors.Gateway.Json;
using Actors.Gateway.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Actors.Gateway.Channels;

/// <summary>What became of packets that the peer sent, and the files that prove it.</summary>
internal static class ReceivedEndpoints
{
    public static void MapReceived(this RouteGroupBuilder v1)
    {
        v1.MapGet("/chains/{chain}/channels/{channel}/received/{sequence}", ShowAsync).WithName("ShowReceived").Needs(Need.ReadAll)
            .WithSummary("What became of a packet that the peer sent, and the operation that received it.");
        v1.MapGet("/chains/{chain}/channels/{channel}/received/{sequence}/proof", ProveAsync).WithName("ProveReceived").Needs(Need.ReadAll)
            .Produces<byte[]>(StatusCodes.Status200OK, Accepts.Binary)
            .WithSummary("The packet file of value that the peer sent and this chain accepted, to be checked offline.");
        v1.MapGet("/chains/{chain}/channels/{channel}/refunded/{sequence}/proof", ProveRefundAsync).WithName("ProveRefund").Needs(Need.ReadAll)
            .Produces<byte[]>(StatusCodes.Status200OK, Accepts.Binary)
            .WithSummary("The packet file of value that this chain sent and the block at height refunded, to be checked offline.");
    }

    private static async Task<Ok<ReceivedJson>> ShowAsync(ChainRequest request, string channel, string sequence, string? before) =>
        TypedResults.Ok(ReceivedJson.From(await RequireAsync(request, channel, sequence, before)));

    private static async Task<BinaryFile> ProveAsync(ChainRequest request, string channel, string sequence, string? before)
    {
        var packet = await RequireAsync(request, channel, sequence, before);
        var file = await request.Chain.Channels.ProvePacketAsync(packet.Channel, packet.Sequence, refunded: false, packet.Height, request.Cancellation)
            ?? throw new RefusedException(ProblemKind.PacketNotFound, $"packet {packet.Sequence} moved no value ({packet.Outcome}): the receipt of operation {packet.Operation} of transaction {packet.Transaction} shows what became of it");
        return File(request, packet.Channel, packet.Sequence, file);
    }

    private static async Task<BinaryFile> ProveRefundAsync(ChainRequest request, string channel, string sequence, string? height)
    {
        var (number, packet) = (ChannelEndpoints.Number(channel, "channel"), Sequence(sequence));
        var at = TextForms.Height.Parse(height ?? "", "height");
        var file = await request.Chain.Channels.ProvePacketAsync(number, packet, refunded: true, at, request.Cancellation)
            ?? throw new RefusedException(ProblemKind.PacketNotFound, $"block {at} gave back no value of packet {packet} of channel {number}");
        return File(request, number, packet, file);
    }

    private static async ValueTask<ReceivedPacketView> RequireAsync(ChainRequest request, string channel, string sequence, string? before)
    {
        var (number, packet) = (ChannelEndpoints.Number(channel, "channel"), Sequence(sequence));
        var search = await request.Chain.Channels.FindReceivedAsync(number, packet, TextForms.Height.ParseOptional(before, "before"), request.Cancellation)
            ?? throw new RefusedException(ProblemKind.PacketNotFound, $"chain '{request.Id}' has received no packet {packet} over a channel {number}");
        return search.Packet ?? throw new RefusedException(ProblemKind.PacketNotFound, $"packet {packet} was received before the blocks that were looked at: ask again with before={search.Before}");
    }

    private static ulong Sequence(string text) => TextForms.Unsigned.Parse(text, "sequence");

    private static BinaryFile File(ChainRequest request, uint channel, ulong sequence, byte[] file) => new(file, $"{request.Id}.{channel}.{sequence}.packet");
}
