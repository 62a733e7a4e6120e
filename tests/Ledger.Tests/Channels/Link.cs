using Actors.Ledger.Blocks;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Channels;

/// <summary>A channel between two parties, opened, and a relay that carries over it only when a test says so.</summary>
internal sealed class Link
{
    public Link(Party a, Party b, uint inFlightMax = 1_000)
    {
        (A, B) = (a, b);
        Know(a, b);
        Know(b, a);
        OfA = (uint)a.Created(a.Do(new OpenChannel(PeerOn(a, b), inFlightMax)));
        OfB = (uint)b.Created(b.Do(new OpenChannel(PeerOn(b, a), inFlightMax, OfA)));
        Assert.Equal(Outcome.Committed, a.Prove(b.Update(a), new ConfirmChannel(OfA, b.Height, b.Proof(OfB))));
        Assert.Equal(Outcome.Committed, b.Prove(a.Update(b), new ConfirmChannel(OfB, a.Height, a.Proof(OfA))));
    }

    public Party A { get; }

    public Party B { get; }

    /// <summary>The channel's number on A.</summary>
    public uint OfA { get; }

    public uint OfB { get; }

    /// <summary>Opens a route for an asset whose home is <paramref name="home"/>; gives the routes at home and away.</summary>
    public (uint Home, uint Away) Route(Party home, ulong asset, string voucher)
    {
        var (other, here, there) = (Other(home), Of(home), Of(Other(home)));
        var atHome = home.Do(new OpenRoute(EntityReference.Numbered(here), EntityReference.Numbered(asset)));
        var away = other.Do(new OpenRoute(EntityReference.Numbered(there), default, new Voucher((uint)asset, 2, voucher)));
        return ((uint)home.Created(atHome), (uint)other.Created(away));
    }

    public Party Other(Party party) => party == A ? B : A;

    public uint Of(Party party) => party == A ? OfA : OfB;

    /// <summary>Sends in a block of its own; the timeout is by the other chain's clock.</summary>
    public Block Send(Party from, uint route, ulong debit, ulong recipient, long amount, ulong timeoutInMs = 3_600_000, Outcome outcome = Outcome.Committed) =>
        from.Do(outcome, Sending(from, route, debit, recipient, amount, timeoutInMs));

    public Send Sending(Party from, uint route, ulong debit, ulong recipient, long amount, ulong timeoutInMs = 3_600_000) => new(
        Party.Of(debit),
        new AccountNumber(from.Route(route).Account),
        new AccountNumber(recipient),
        amount,
        new Timestamp(Other(from).NowMs + timeoutInMs));

    /// <summary>Carries every packet that <paramref name="to"/> has not received from its peer's newest header.</summary>
    public Outcome Receive(Party to, int max = Limits.PacketsPerOperationMax)
    {
        var from = Other(to);
        var received = to.Channel(Of(to)).Received;
        var count = (int)Math.Min((ulong)max, from.Channel(Of(from)).Sent - received);
        return to.Prove(from.Update(to), to.Receive(from, Of(from), Of(to), received + 1, count));
    }

    /// <summary>Carries every acknowledgement that <paramref name="to"/> has not consumed.</summary>
    public Outcome Acknowledge(Party to, int max = Limits.PacketsPerOperationMax)
    {
        var from = Other(to);
        var consumed = to.Channel(Of(to)).Consumed;
        var count = (int)Math.Min((ulong)max, from.Channel(Of(from)).Acknowledged - consumed);
        return to.Prove(from.Update(to), to.Acknowledge(from, Of(from), Of(to), consumed + 1, count));
    }

    /// <summary>Shows <paramref name="to"/> that packets were not received at their timeout.</summary>
    public Outcome TimeOut(Party to, params SequenceRange[] packets)
    {
        var from = Other(to);
        return to.Prove(from.Update(to), new TimeOut(Of(to), from.Height, from.Proof(Of(from)), packets));
    }

    public static EntityReference PeerOn(Party on, Party peer) => EntityReference.Numbered(on.State.Peers.Find(peer.Genesis)!.Value);

    private static void Know(Party party, Party other)
    {
        if (party.State.Peers.Find(other.Genesis) is null)
        {
            party.Do(new OpenPeer(other.Fixture.Genesis.ChainId, other.Fixture.Genesis));
        }
    }
}
