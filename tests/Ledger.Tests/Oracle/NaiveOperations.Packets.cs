using System.Collections.Immutable;
using Actors.Ledger.Channels.Deliveries;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Hashing;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Tests.Oracle;

/// <summary>Packets from being sent to being settled.</summary>
public sealed partial class NaiveOperations
{
    private Outcome SendValue(Send send)
    {
        if (Find(send.Debit, Outcome.DebitAccountNotFound, out var debitNumber) is { } missing)
        {
            return missing;
        }

        var (number, route) = _state.Routes.FirstOrDefault(entry => entry.Value.Account == send.Through.Value);
        if (route is null)
        {
            return Outcome.RouteNotFound;
        }

        if ((CheckThroughRoute(debitNumber, route.Account, send.Amount, exempt: route.Account)
            ?? CheckSending(route.Channel, send.Peer, send.Timeout.Ms)
            ?? When(IsLimited(route, route.SentInWindow, send.Amount), Outcome.RateLimited)) is { } refusal)
        {
            return refusal;
        }

        var (debit, credit) = (_state.Accounts[debitNumber], _state.Accounts[route.Account]);
        _state = _state.With(debitNumber, debit with { Posted = debit.Posted - send.Amount }).With(route.Account, credit with { Posted = credit.Posted + send.Amount });
        if (route.LimitPerHour != 0)
        {
            var counting = Counting(route);
            _state = _state.WithRoute(number, counting with { SentInWindow = counting.SentInWindow + send.Amount });
        }

        return Commit(route.Channel, number, new NaivePacket(debitNumber, send.Timeout.Ms)
        {
            IsHomeward = route.IsVoucher,
            Asset = route.IsVoucher ? route.PeerAsset : route.Asset,
            Recipient = send.Recipient.Value,
            Amount = send.Amount,
            Delivers = send.Delivers?.Value ?? 0,
            Memo = Convert.ToHexString(send.Memo.Span),
        });
    }

    private Outcome SendBytes(SendMessage send) =>
        Find(send.Sender, Outcome.AccountNotFound, out var sender)
        ?? When(_state.Accounts[sender].System, Outcome.SystemAccount)
        ?? When(_state.Accounts[sender].Closed, Outcome.AccountClosed)
        ?? Find(send.Channel, _state.Channels, Outcome.ChannelNotFound, out var channel)
        ?? CheckSending(channel, send.Peer, send.Timeout.Ms)
        ?? Commit(channel, 0, new NaivePacket(sender, send.Timeout.Ms) { IsMessage = true, Handler = send.Handler, Payload = Convert.ToHexString(send.Payload.Span) });

    private Outcome? CheckSending(ulong number, Hash256? peer, ulong timeoutMs)
    {
        var channel = _state.Channels[number];
        return When(channel.Standing != "open", Outcome.ChannelNotOpen)
            ?? When(peer is { } named && named != _state.Peers[channel.Peer].Genesis, Outcome.PeerMismatch)
            ?? When(_state.Peers[channel.Peer].IsFrozen, Outcome.PeerFrozen)
            ?? When(channel.Paused, Outcome.ChannelPaused)
            ?? When(timeoutMs <= timeMs, Outcome.TimeoutPassed)
            ?? When(timeoutMs - timeMs > Limits.PacketTimeoutMsMax, Outcome.TimeoutTooFar)
            ?? When((ulong)channel.Sent.Count - channel.Settled >= channel.InFlightMax, Outcome.ChannelFull);
    }

    private Outcome Commit(ulong number, ulong route, NaivePacket packet)
    {
        var channel = _state.Channels[number];
        return Create(1, _ => _state.WithChannel(number, channel with { Sent = channel.Sent.Add(new NaiveSent(packet, route)) }), channel.Sent.Count);
    }

    private Outcome Take(Receive receive)
    {
        if (OpenCounterpart(receive.Channel, receive.Height, receive.Proof, out var other, out _) is { } refusal)
        {
            return refusal;
        }

        var own = _state.Channels[receive.Channel];
        var packets = receive.Packets;
        if ((When(own.Paused, Outcome.ChannelPaused)
            ?? When(packets.Last <= own.Received, Outcome.AlreadyReceived)
            ?? When(packets.First > own.Received + 1, Outcome.PacketsOutOfOrder)
            ?? When(packets.Last > (ulong)other.Sent.Count, Outcome.PacketsNotProven)) is { } no)
        {
            return no;
        }

        var exceptions = ImmutableSortedDictionary.CreateBuilder<ulong, Outcome>();
        var before = _state;
        for (var sequence = own.Received + 1; sequence <= packets.Last; sequence++)
        {
            var sent = other.Sent[(int)sequence - 1].Packet;
            if (!Is(sent, packets[(int)(sequence - packets.First)]))
            {
                _state = before;
                return Outcome.PacketsNotProven;
            }

            if (Accept(receive.Channel, sequence, sent) is var outcome and not Outcome.Committed)
            {
                exceptions.Add(sequence, outcome);
            }
        }

        own = _state.Channels[receive.Channel];
        var acknowledgement = new NaiveAcknowledgement(own.Received + 1, packets.Last - own.Received, exceptions.ToImmutable());
        return Set(_state.WithChannel(receive.Channel, own with { Received = packets.Last, Acknowledged = own.Acknowledged.Add(acknowledgement) }));
    }

    private static bool Is(NaivePacket sent, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return NaivePacket.Of(bytes) == sent;
        }
        catch (MalformedException)
        {
            return false;
        }
    }

    private Outcome Accept(ulong channel, ulong sequence, NaivePacket packet)
    {
        if (packet.TimeoutMs <= timeMs)
        {
            return Outcome.PacketTimedOut;
        }

        if (packet.IsMessage)
        {
            return packet.Handler == "note" ? Outcome.Committed : Outcome.HandlerNotFound;
        }

        var (number, route) = _state.Routes.FirstOrDefault(entry => entry.Value.Channel == channel
            && (packet.IsHomeward ? !entry.Value.IsVoucher && entry.Value.Asset == packet.Asset : entry.Value.PeerAsset == packet.Asset));
        if (route is null)
        {
            return Outcome.RouteNotFound;
        }

        if ((When(!_state.Accounts.ContainsKey(packet.Recipient), Outcome.CreditAccountNotFound)
            ?? CheckThroughRoute(route.Account, packet.Recipient, packet.Amount, exempt: route.Account)
            ?? When(IsLimited(route, route.ReceivedInWindow, packet.Amount), Outcome.RateLimited)
            ?? (packet.Delivers == 0 ? null : CheckDelivery(packet, number))) is { } refusal)
        {
            return refusal;
        }

        if (packet.Delivers != 0)
        {
            var pending = _state.Pendings[packet.Delivers];
            _state = Settle(_state, packet.Delivers, "posted", pending.Amount);
            _state = _state.WithEffect(new NaiveEffect(0, 0, pending.Debit, pending.Credit, pending.Amount, Outcome.Committed));
        }

        var (debit, credit) = (_state.Accounts[route.Account], _state.Accounts[packet.Recipient]);
        _state = _state.With(route.Account, debit with { Posted = debit.Posted - packet.Amount }).With(packet.Recipient, credit with { Posted = credit.Posted + packet.Amount });
        if (route.LimitPerHour != 0)
        {
            var counting = Counting(route);
            _state = _state.WithRoute(number, counting with { ReceivedInWindow = counting.ReceivedInWindow + packet.Amount });
        }

        return Set(_state.WithEffect(new NaiveEffect(channel, sequence, route.Account, packet.Recipient, packet.Amount, Outcome.Committed)));
    }

    private Outcome? CheckDelivery(NaivePacket packet, ulong route)
    {
        if (!_state.Pendings.TryGetValue(packet.Delivers, out var pending))
        {
            return Outcome.PendingNotFound;
        }

        return When(pending.Standing != "open", Outcome.PendingNotOpen)
            ?? When(pending.TimeoutMs <= timeMs, Outcome.PendingTimedOut)
            ?? When(pending.Delivery != new NaiveDelivery(route, packet.Sender, packet.Recipient, packet.Amount), Outcome.DeliveryMismatch)
            ?? When(_state.Accounts[pending.Debit].Frozen, Outcome.DebitAccountFrozen)
            ?? When(_state.Accounts[pending.Credit].Frozen, Outcome.CreditAccountFrozen);
    }

    private Outcome Consume(Acknowledge acknowledge)
    {
        if (OpenCounterpart(acknowledge.Channel, acknowledge.Height, acknowledge.Proof, out var other, out _) is { } refusal)
        {
            return refusal;
        }

        var own = _state.Channels[acknowledge.Channel];
        var leaves = acknowledge.Acknowledgements;
        if ((When(leaves.Last <= own.Consumed, Outcome.AlreadyAcknowledged)
            ?? When(leaves.First > own.Consumed + 1, Outcome.AcknowledgementsOutOfOrder)
            ?? When(leaves.Last > (ulong)other.Acknowledged.Count, Outcome.AcknowledgementsNotProven)) is { } no)
        {
            return no;
        }

        for (var at = own.Consumed + 1; at <= leaves.Last; at++)
        {
            if (!Is(other.Acknowledged[(int)at - 1], leaves[(int)(at - leaves.First)]))
            {
                return Outcome.AcknowledgementsNotProven;
            }
        }

        for (var at = own.Consumed + 1; at <= leaves.Last; at++)
        {
            Settle(acknowledge.Channel, other.Acknowledged[(int)at - 1], acknowledge.Height);
        }

        return Set(_state.WithChannel(acknowledge.Channel, _state.Channels[acknowledge.Channel] with { Consumed = leaves.Last }));
    }

    private static bool Is(NaiveAcknowledgement written, ReadOnlySpan<byte> bytes)
    {
        try
        {
            var found = Acknowledgement.Parse(bytes);
            return (written.First, written.Count) == (found.First, (ulong)found.Count)
                && written.Exceptions.SequenceEqual(found.Exceptions.Select(exception => KeyValuePair.Create(exception.Sequence, exception.Outcome)));
        }
        catch (MalformedException)
        {
            return false;
        }
    }

    private void Settle(ulong channel, NaiveAcknowledgement acknowledgement, ulong height)
    {
        var contradicts = false;
        for (var sequence = acknowledgement.First; sequence <= acknowledgement.Last; sequence++)
        {
            var isTimedOut = _state.Channels[channel].TimedOut.Contains(sequence);
            if (!acknowledgement.Exceptions.TryGetValue(sequence, out var why))
            {
                contradicts |= isTimedOut;
            }
            else if (!isTimedOut)
            {
                Refund(channel, sequence, why);
            }
        }

        _state = _state.WithChannel(channel, _state.Channels[channel] with { Settled = acknowledgement.Last });
        _state = contradicts ? FreezePeer(_state, _state.Channels[channel].Peer, height) : _state;
    }

    private Outcome GiveBack(TimeOut timeOut)
    {
        var (received, headerMs) = (0UL, ulong.MaxValue);
        if (timeOut.Proof is { } proof)
        {
            if (OpenCounterpart(timeOut.Channel, timeOut.Height, proof, out var other, out var truth) is { } refusal)
            {
                return refusal;
            }

            (received, headerMs) = (other.Received, truth.TimeMs);
        }
        else if (!_state.Channels.TryGetValue(timeOut.Channel, out var given) || given.Standing != "abandoned")
        {
            return given is null ? Outcome.ChannelNotFound : Outcome.ChannelNotProven;
        }

        var own = _state.Channels[timeOut.Channel];
        var due = new List<ulong>();
        foreach (var sequence in timeOut.Packets.SelectMany(range => Enumerable.Range(0, range.Count).Select(i => range.First + (ulong)i)))
        {
            if (sequence <= own.SentBefore && own.IsSettled(sequence))
            {
                continue;
            }

            if ((When(sequence > own.SentBefore, Outcome.PacketNotSent)
                ?? When(received >= sequence, Outcome.PacketReceived)
                ?? When(headerMs < own.Sent[(int)sequence - 1].Packet.TimeoutMs, Outcome.TimeoutNotReached)) is { } no)
            {
                return no;
            }

            due.Add(sequence);
        }

        foreach (var sequence in due)
        {
            Refund(timeOut.Channel, sequence, timeOut.Proof is null ? Outcome.ChannelAbandoned : Outcome.PacketTimedOut);
            var channel = _state.Channels[timeOut.Channel];
            _state = _state.WithChannel(timeOut.Channel, channel with { TimedOut = channel.TimedOut.Add(sequence) });
        }

        return due.Count == 0 ? Outcome.AlreadySettled : Outcome.Committed;
    }

    private void Refund(ulong channel, ulong sequence, Outcome why)
    {
        var (packet, number) = _state.Channels[channel].Sent[(int)sequence - 1];
        if (packet.IsMessage)
        {
            return;
        }

        var (debitNumber, credit) = (_state.Routes[number].Account, _state.Accounts[packet.Sender]);
        var debit = _state.Accounts[debitNumber];
        var amount = Int128.Min(packet.Amount, Int128.Min(long.MaxValue - credit.Posted - credit.In, debit.Posted - long.MinValue));
        amount = Int128.Max(0, amount);
        _state = _state.With(debitNumber, debit with { Posted = debit.Posted - amount }).With(packet.Sender, credit with { Posted = credit.Posted + amount });
        _state = _state.WithEffect(new NaiveEffect(channel, sequence, debitNumber, packet.Sender, amount, why));
    }

    private Outcome SetAside(PendingDelivery pending)
    {
        if (Check(pending.Debit, pending.Credit, pending.Amount, out var debitNumber, out var creditNumber) is { } refusal)
        {
            return refusal;
        }

        var (debit, credit) = (_state.Accounts[debitNumber], _state.Accounts[creditNumber]);
        var route = _state.Routes.FirstOrDefault(entry => entry.Value.Account == pending.Through.Value).Key;
        return When(debit.Out + pending.Amount > long.MaxValue || credit.In + pending.Amount > long.MaxValue, Outcome.AmountOverflow)
            ?? CheckLimits(debit, credit, pending.Amount)
            ?? When(pending.Timeout.Ms <= timeMs, Outcome.TimeoutPassed)
            ?? When(pending.Timeout.Ms - timeMs > Limits.PendingTimeoutMsMax, Outcome.TimeoutTooFar)
            ?? When(route == 0, Outcome.RouteNotFound)
            ?? Find(pending.Recipient, Outcome.AccountNotFound, out var recipient)
            ?? Create(1, number => Reserve(number, new NaivePending(debitNumber, creditNumber, pending.Amount, pending.Timeout.Ms, 0, number, 1)
            {
                Delivery = new NaiveDelivery(route, pending.Sender.Value, recipient, pending.Delivered),
            }), _state.Pendings.Count);
    }

    private Outcome? CheckThroughRoute(ulong debitNumber, ulong creditNumber, long amount, ulong exempt)
    {
        var (debit, credit) = (_state.Accounts[debitNumber], _state.Accounts[creditNumber]);
        return When(amount == 0, Outcome.ZeroAmount)
            ?? When(debit.Asset != credit.Asset, Outcome.AssetMismatch)
            ?? When((debit.System && (debitNumber != exempt || creditNumber == exempt)) || (credit.System && (creditNumber != exempt || debitNumber == exempt)), Outcome.SystemAccount)
            ?? CheckStanding(debit, credit, amount)
            ?? CheckLimits(debit, credit, amount);
    }

    private bool IsLimited(NaiveRoute route, Int128 counted, long amount) =>
        route.LimitPerHour != 0 && (IsOver(route) ? 0 : counted) + amount > route.LimitPerHour;

    private bool IsOver(NaiveRoute route) => timeMs >= route.WindowStartMs + Limits.RouteWindowMs;

    private NaiveRoute Counting(NaiveRoute route) => IsOver(route) ? route with { WindowStartMs = timeMs, SentInWindow = 0, ReceivedInWindow = 0 } : route;
}
