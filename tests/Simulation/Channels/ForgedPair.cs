using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Assets;
using Actors.Ledger.Chains;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Notes;
using Actors.Ledger.Operations;
using Actors.Ledger.Tests.Oracle;
using Actors.Ledger.Transfers;

namespace Actors.Simulation.Channels;

/// <summary>
/// Home and away with a channel and a route for home's asset, and a second history of home, sealed by the same operator, which is the one that away was shown.
/// Away's account 2 takes the voucher.
/// </summary>
internal sealed class ForgedPair
{
    private const ulong Holder = 2;
    private const ulong Escrow = 3;
    private readonly SimKeys _keys = new();
    private readonly NaiveWorld _naive = new();

    public ForgedPair()
    {
        (Home, Forged, Away) = (new ChannelChain("home", new Random(1), _keys, _naive), new ChannelChain("home", new Random(1), _keys, _naive), new ChannelChain("away", new Random(2), _keys, _naive));
        var one = EntityReference.Numbered(1);
        Away.Recover(new SimFaults());
        foreach (var home in new[] { Home, Forged })
        {
            home.Recover(new SimFaults());
            home.Do(new CreateAsset(one, 2, "OWN"), new OpenAccounts(one, EntityReference.Created(0), 1, AccountLimits.NoFloor), new OpenAccounts(one, EntityReference.Created(0), 1));
            home.Do(new Transfer(Account(1), Account(Holder), 1_000));
            home.Do(new OpenPeer(ChainId.Parse("away"), Away.Genesis), new OpenChannel(EntityReference.Created(0), 100));
        }

        Away.Do(new OpenPeer(ChainId.Parse("home"), Home.Genesis), new OpenChannel(EntityReference.Created(0), 100, 1));
        ToForged = new SimRelay(Away, 1, Forged, 1);
        ToAway = new SimRelay(Forged, 1, Away, 1);
        ChannelWorld.Carry(new SimRelay(Away, 1, Home, 1));
        ChannelWorld.Carry(ToForged);
        ChannelWorld.Carry(ToAway);
        Home.Do(new OpenRoute(one, one));
        Forged.Do(new OpenRoute(one, one));
        Away.Do(new OpenRoute(one, default, new Voucher(1, 2, "HOME.OWN")));
        Away.Do(new OpenAccounts(one, one, 1));
    }

    public ChannelChain Home { get; }

    public ChannelChain Forged { get; }

    public ChannelChain Away { get; }

    public SimRelay ToAway { get; }

    public SimRelay ToForged { get; }

    /// <summary>Sent in the history that away sees; the other one has a note at that height.</summary>
    public void Send(long amount, ulong timeoutInMs = 600_000)
    {
        Forged.Do(new Send(Account(Holder), new AccountNumber(Escrow), new AccountNumber(Holder), amount, new Timestamp(Away.Clock.UnixMs + timeoutInMs)));
        Home.Do(new Note(EntityReference.Numbered(1), default, new byte[] { 1 }));
    }

    /// <summary>So many changes of the sealing key of the history that away sees, a block each.</summary>
    public void ChangeKeys(int count)
    {
        var keys = new SimKeys().All;
        for (var i = 0; i < count; i++)
        {
            Forged.Do(new ChangeSealingKey(keys[(i + 1) % keys.Count]));
        }
    }

    /// <summary>A third chain, which holds the newest header of the history that away sees, and whose operator says that home's channel to away is one to it.</summary>
    public ChannelChain Stranger()
    {
        var stranger = new ChannelChain("stranger", new Random(3), _keys, _naive);
        stranger.Recover(new SimFaults());
        stranger.Do(new OpenPeer(ChainId.Parse("home"), Home.Genesis), new OpenChannel(EntityReference.Created(0), 100));
        stranger.Deliver(stranger.Writers[0], new SimRelay(Forged, 1, stranger, 1).CarryHeader(Forged.Writers[0], stranger.Writers[0]));
        stranger.Settle();
        stranger.Do(new OpenChannel(EntityReference.Numbered(1), 100, 1));
        return stranger;
    }

    private static AccountReference Account(ulong number) => AccountReference.Numbered(new AccountNumber(number));
}
