using Actors.Ledger.Blocks;
using Actors.Ledger.Channels;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Hashing;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Oracle;

/// <summary>Peers, channels and routes: what is opened, what a light client takes, what the operator decides.</summary>
public sealed partial class NaiveOperations
{
    private Outcome Know(OpenPeer open) =>
        When(open.Genesis.Hash == self, Outcome.PeerIsItself)
        ?? When(_state.Peers.Values.Any(peer => peer.Genesis == open.Genesis.Hash), Outcome.PeerTaken)
        ?? When(_state.Peers.Values.Any(peer => peer.Name == open.Name.Value), Outcome.PeerNameTaken)
        ?? Create(1, number => _state with { Peers = _state.Peers.Add(number, new NaivePeer(open.Name.Value, open.Genesis.Hash, open.Genesis.Settings.Created.Ms)) }, _state.Peers.Count);

    private Outcome OpenSide(OpenChannel open) =>
        Find(open.Peer, _state.Peers, Outcome.PeerNotFound, out var peer)
        ?? When(_state.Peers[peer].IsFrozen, Outcome.PeerFrozen)
        ?? When(open.PeerChannel != 0 && _state.Channels.Values.Any(channel => (channel.Peer, channel.PeerChannel) == (peer, open.PeerChannel)), Outcome.PeerChannelTaken)
        ?? Create(
            1,
            number => _state.WithChannel(number, new NaiveChannel(peer, open.InFlightMax, open.PeerChannel) { Standing = open.PeerChannel == 0 ? "init" : "try" }),
            _state.Channels.Count);

    private Outcome Confirm(ConfirmChannel confirm)
    {
        if (!_state.Channels.TryGetValue(confirm.Channel, out var own))
        {
            return Outcome.ChannelNotFound;
        }

        if (own.Standing is "open" or "abandoned")
        {
            return own.Standing == "open" ? Outcome.AlreadyConfirmed : Outcome.ChannelNotOpen;
        }

        if (Counterpart(confirm.Channel, confirm.Height, confirm.Proof, out var other, out _) is { } refusal)
        {
            return refusal;
        }

        return When(own.Standing == "try" ? other.Standing != "open" : other.Standing is not ("try" or "open"), Outcome.CounterpartMismatch)
            ?? Set(_state.WithChannel(confirm.Channel, own with { Standing = "open", PeerChannel = confirm.Proof.Record.Number }));
    }

    private Outcome Pause(PauseChannel pause) =>
        Find(pause.Channel, _state.Channels, Outcome.ChannelNotFound, out var number)
        ?? When(_state.Channels[number].Standing == "abandoned", Outcome.ChannelAbandoned)
        ?? Set(_state.WithChannel(number, _state.Channels[number] with { Paused = !pause.Resume }));

    private Outcome Abandon(AbandonChannel abandon)
    {
        if ((Find(abandon.Channel, _state.Channels, Outcome.ChannelNotFound, out var number)
            ?? When(_state.Channels[number].Standing == "abandoned", Outcome.ChannelAbandoned)) is { } refusal)
        {
            return refusal;
        }

        var peer = _state.Peers[_state.Channels[number].Peer];
        var silentSince = peer.IsFrozen ? Math.Min(peer.FrozenAtMs, peer.TimeMs) : peer.TimeMs;
        return When(timeMs < silentSince + Limits.AbandonGraceMs, Outcome.GraceNotOver)
            ?? Set(_state.WithChannel(number, _state.Channels[number] with { Standing = "abandoned" }));
    }

    private Outcome OpenWay(OpenRoute open)
    {
        if ((Find(open.Channel, _state.Channels, Outcome.ChannelNotFound, out var channel)
            ?? When(_state.Channels[channel].Standing == "abandoned", Outcome.ChannelAbandoned)) is { } refusal)
        {
            return refusal;
        }

        if (open.Voucher is not { } voucher)
        {
            return Find(open.Asset, _state.Assets, Outcome.AssetNotFound, out var original)
                ?? When(_state.Routes.Values.Any(route => (route.Channel, route.Asset) == (channel, original)), Outcome.RouteTaken)
                ?? OpenWay(channel, original, 0);
        }

        if ((When(_state.Routes.Values.Any(route => (route.Channel, route.PeerAsset) == (channel, voucher.PeerAsset)), Outcome.RouteTaken)
            ?? When(_state.Assets.Values.Any(known => known.Code == voucher.Code), Outcome.AssetCodeTaken)) is { } taken)
        {
            return taken;
        }

        var asset = (ulong)_state.Assets.Count + 1;
        _state = _state with { Assets = _state.Assets.Add(asset, new NaiveAsset(voucher.Code, false, _state.Operator)) };
        return OpenWay(channel, asset, voucher.PeerAsset);
    }

    private Outcome OpenWay(ulong channel, ulong asset, ulong peerAsset)
    {
        var account = (ulong)_state.Accounts.Count + 1;
        Int128? floor = peerAsset == 0 ? 0 : null;
        _state = _state.With(account, new NaiveAccount(_state.Operator, asset, floor, null) { System = true });
        return Create(1, number => _state.WithRoute(number, new NaiveRoute(channel, asset, account, peerAsset)), _state.Routes.Count);
    }

    private Outcome Limit(LimitRoute limit) => _state.Routes.TryGetValue(limit.Route, out var route)
        ? Set(_state.WithRoute(limit.Route, route with { LimitPerHour = limit.ValuePerHour }))
        : Outcome.RouteNotFound;

    private Outcome Update(UpdatePeer update)
    {
        if (!_state.Peers.TryGetValue(update.Peer, out var peer))
        {
            return Outcome.PeerNotFound;
        }

        if ((When(peer.IsFrozen, Outcome.PeerFrozen)
            ?? When(update.Header.Genesis != peer.Genesis, Outcome.HeaderOfAnotherChain)
            ?? When(update.Header.Height.Value <= peer.Height, Outcome.HeaderKnown)) is { } refusal)
        {
            return refusal;
        }

        var hash = HashOf(update.Header);
        return world.Find(hash) is not { } truth || truth.Genesis != peer.Genesis || truth.TimeMs < peer.TimeMs || (peer.Newest is { } held && truth.At(peer.Height)?.Hash != held)
            ? Outcome.HistoryNotProven
            : Set(_state.WithPeer(update.Peer, Take(peer, update.Header)));
    }

    private Outcome Report(ReportEquivocation report)
    {
        if (!_state.Peers.TryGetValue(report.Peer, out var peer))
        {
            return Outcome.PeerNotFound;
        }

        var (earlier, later) = (report.Equivocation.Earlier.Header, report.Equivocation.Later.Header);
        var (one, other) = (world.Find(HashOf(earlier)), world.Find(HashOf(later)));
        if (one is null || other is null || one.Genesis != peer.Genesis || other.Genesis != peer.Genesis)
        {
            return Outcome.EquivocationNotProven;
        }

        return When(other.At(one.Height)?.Hash == one.Hash, Outcome.HeadersAgree)
            ?? When(one.Height <= peer.SettledThrough, Outcome.EquivocationSettled)
            ?? When(peer.IsFrozen, Outcome.PeerAlreadyFrozen)
            ?? Set(FreezePeer(_state, report.Peer, one.Height));
    }

    private Outcome Resume(ResumePeer resume)
    {
        if (Find(resume.Peer, _state.Peers, Outcome.PeerNotFound, out var number) is { } missing)
        {
            return missing;
        }

        var peer = _state.Peers[number];
        return When(!peer.IsFrozen, Outcome.PeerNotFrozen)
            ?? When(resume.Header.Genesis != peer.Genesis, Outcome.PeerMismatch)
            ?? Set(_state.WithPeer(number, Take(peer with { Held = [] }, resume.Header) with
            {
                FrozenAtMs = 0,
                SettledThrough = Math.Max(peer.ConflictHeight, resume.Header.Height.Value),
            }));
    }

    /// <summary>What rests on the peer's side: the truth about it at the header of this height.</summary>
    private Outcome? Counterpart(ulong number, ulong height, ChannelProof proof, out NaiveChannel other, out NaiveSealed truth)
    {
        (other, truth) = (null!, null!);
        var own = _state.Channels[number];
        var peer = _state.Peers[own.Peer];
        if (peer.IsFrozen)
        {
            return Outcome.PeerFrozen;
        }

        var held = peer.Held.FindLast(header => header.Height == height);
        if (held.Height == 0)
        {
            return Outcome.HeaderNotHeld;
        }

        truth = world.Find(held.Hash)!;
        if (!truth.State.Channels.TryGetValue(proof.Record.Number, out var found))
        {
            return Outcome.ChannelNotProven;
        }

        other = found;
        var isOurs = truth.State.Peers[found.Peer].Genesis == self && found.PeerChannel == number && (own.PeerChannel == 0 || own.PeerChannel == proof.Record.Number);
        return When(!isOurs, Outcome.CounterpartMismatch);
    }

    private Outcome? OpenCounterpart(ulong number, ulong height, ChannelProof proof, out NaiveChannel other, out NaiveSealed truth)
    {
        (other, truth) = (null!, null!);
        return !_state.Channels.TryGetValue(number, out var own) ? Outcome.ChannelNotFound
            : own.Standing != "open" ? Outcome.ChannelNotOpen
            : Counterpart(number, height, proof, out other, out truth);
    }

    private static NaivePeer Take(NaivePeer peer, BlockHeader header)
    {
        var hash = HashOf(header);
        var held = peer.Held.Add((header.Height.Value, hash));
        return peer with
        {
            Height = header.Height.Value,
            TimeMs = header.Time.Ms,
            Newest = hash,
            Held = held.Count > Limits.PeerHeadersHeld ? held.RemoveAt(0) : held,
        };
    }

    private NaiveState FreezePeer(NaiveState state, ulong peer, ulong height) =>
        state.WithPeer(peer, state.Peers[peer] with { FrozenAtMs = timeMs, ConflictHeight = height });

    private static Hash256 HashOf(BlockHeader header) => Sha256.Of(header.Encode());
}
