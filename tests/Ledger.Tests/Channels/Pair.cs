using Actors.Ledger.Blocks;
using Actors.Ledger.State;
using Actors.Ledger.Tests.Replay;
using Actors.Ledger.Tests.Rules;

namespace Actors.Ledger.Tests.Channels;

/// <summary>
/// Two chains, home and away, with a channel and a route for home's EUR: <see cref="Alice"/> has 1,000 of them, <see cref="Bob"/> is away's
/// account for the voucher.
/// </summary>
internal sealed class Pair
{
    public Pair(uint inFlightMax = 1_000, Func<Key>? newKey = null)
    {
        Home = new Party("home", newKey);
        Away = new Party("away", newKey);
        Euro = Home.OpenAsset("EUR");
        var mint = Home.OpenAccounts(Euro, floor: long.MinValue);
        Alice = Home.OpenAccounts(Euro, 3);
        Home.Move(mint, Alice, 1_000);
        Link = new Link(Home, Away, inFlightMax);
        (AtHome, AtAway) = Link.Route(Home, Euro, "HOME.EUR");
        Bob = Away.OpenAccounts(Voucher, 3);
    }

    public Party Home { get; }

    public Party Away { get; }

    public Link Link { get; }

    public ulong Euro { get; }

    public ulong Alice { get; }

    public ulong Bob { get; }

    /// <summary>The route's number on home, and on away.</summary>
    public uint AtHome { get; }

    public uint AtAway { get; }

    public ulong Voucher => Away.Route(AtAway).Asset;

    public long Escrow => Home.Posted(Home.Route(AtHome).Account);

    public long Vouchers => -Away.Posted(Away.Route(AtAway).Account);

    public Block Send(long amount, ulong? to = null, ulong timeoutInMs = 3_600_000) => Link.Send(Home, AtHome, Alice, to ?? Bob, amount, timeoutInMs);

    public Block SendHome(long amount, ulong? to = null, ulong timeoutInMs = 3_600_000) => Link.Send(Away, AtAway, Bob, to ?? Alice, amount, timeoutInMs);

    /// <summary>Both chains come out of their blocks again, and their roots are those of a naive computation.</summary>
    public void CheckReplay()
    {
        CheckReplay(Home);
        CheckReplay(Away);
    }

    public static void CheckReplay(Party party)
    {
        var state = ChainState.Create(party.Fixture.Genesis, new NoPages());
        var replay = new BlockReplay(state);
        foreach (var block in party.Fixture.Blocks)
        {
            replay.Replay(block);
        }

        Assert.Equal(party.State.Channels.Root(), state.Channels.Root());
        Assert.Equal(NaiveRoot.Of(party.State), party.State.Head.StateRoot);
    }
}
