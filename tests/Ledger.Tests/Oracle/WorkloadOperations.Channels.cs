using Actors.Ledger.Chains;
using Actors.Ledger.Channels.Deliveries;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;

namespace Actors.Ledger.Tests.Oracle;

/// <summary>
/// Operations over channels that a chain can do alone: its peers never answer, so nothing crosses. What crosses is drawn by
/// RandomWorld, where chains have each other.
/// </summary>
public sealed partial class WorkloadOperations
{
    private const int PeersMax = 3;

    private IOperation OverChannels() => random.Next(20) switch
    {
        < 2 => Creating(CreatedKind.Peer, new OpenPeer(ChainId.Parse($"peer-{random.Next(PeersMax)}"), Stranger(random.Next(PeersMax)))),
        < 4 => Creating(CreatedKind.Channel, new OpenChannel(Peer(), 5, (uint)random.Next(3))),
        < 6 => Creating(CreatedKind.Route, new OpenRoute(Channel(), Asset())),
        < 8 => Creating(CreatedKind.Route, new OpenRoute(Channel(), default, new Voucher((uint)random.Next(1, 4), 2, $"A{random.Next(40)}"))),
        8 => new PauseChannel(Channel(), Resume: Chance(50)),
        9 => new LimitRoute((uint)random.Next(1, state.Routes.Count + 2), random.Next(1, 1_000)),
        10 => new AbandonChannel(Channel()),
        < 16 => Creating(CreatedKind.Packet, new Send(Account(), Through(), new AccountNumber((ulong)random.Next(1, 9)), Amount(), Timeout())),
        16 => Creating(CreatedKind.Packet, new SendMessage(Account(), Channel(), "note", new byte[random.Next(4)], Timeout())),
        _ => Creating(CreatedKind.Pending, Delivery()),
    };

    private PendingDelivery Delivery()
    {
        var debit = Account();
        return new PendingDelivery(debit, AccountLike(debit), random.Next(1, 200), Timeout(), Through(), new AccountNumber(1), random.Next(1, 200), Account());
    }

    private Genesis Stranger(int number) => Genesis.Create(new GenesisSettings(ChainId.Parse($"peer-{number}"), new Timestamp(900_000), KeysetDefinition.Single(keys[0]), keys[0]));

    private EntityReference Peer() => Entity(CreatedKind.Peer, state.Peers.Count);

    private EntityReference Channel() => Entity(CreatedKind.Channel, state.Channels.Count);

    /// <summary>Mostly the account of a route.</summary>
    private AccountNumber Through() => state.Routes.Count > 0 && Chance(80)
        ? new AccountNumber(state.Routes[(ulong)random.Next(1, state.Routes.Count + 1)].Account)
        : new AccountNumber((ulong)random.Next(1, state.Accounts.Count + 2));
}
