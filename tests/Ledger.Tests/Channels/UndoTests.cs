using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Tests.Replay;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Channels;

/// <summary>What is taken back of channels leaves nothing: no record, edge, slot, index or root.</summary>
public sealed class UndoTests
{
    private readonly Pair _pair = new();

    [Fact]
    public void A_block_of_sends_that_is_taken_back_leaves_nothing_and_comes_out_the_same_again()
    {
        _pair.Send(5);
        var send = _pair.Link.Sending(_pair.Home, _pair.AtHome, _pair.Alice, _pair.Bob, 10);
        Check(_pair.Home, _pair.Home.Fixture.Make(TransactionKind.Atomic, [send, send with { Amount = 11 }]), _pair.Home.Fixture.Operator);
    }

    [Fact]
    public void A_block_of_receives_that_is_taken_back_leaves_nothing_and_comes_out_the_same_again()
    {
        _pair.Send(5);
        _pair.Send(7, to: 999);
        IOperation[] operations = [_pair.Home.Update(_pair.Away), _pair.Away.Receive(_pair.Home, 1, 1, 1, 2)];
        Check(_pair.Away, _pair.Away.Fixture.Make(TransactionKind.Proven, operations));
    }

    [Fact]
    public void A_block_of_acknowledgements_that_is_taken_back_leaves_nothing_and_comes_out_the_same_again()
    {
        _pair.Send(7, to: 999);
        _pair.Link.Receive(_pair.Away);
        IOperation[] operations = [_pair.Away.Update(_pair.Home), _pair.Home.Acknowledge(_pair.Away, 1, 1, 1, 1)];
        Check(_pair.Home, _pair.Home.Fixture.Make(TransactionKind.Proven, operations));
    }

    [Fact]
    public void A_block_that_opens_everything_and_is_taken_back_leaves_nothing()
    {
        var third = new Party("third");
        IOperation[] operations =
        [
            new Ledger.Channels.Peers.OpenPeer(ChainId.Parse("third"), third.Fixture.Genesis),
            new Ledger.Channels.Opening.OpenChannel(EntityReference.Created(0), 100),
            new Ledger.Channels.Routes.OpenRoute(EntityReference.Created(1), EntityReference.Numbered(_pair.Euro)),
            new Ledger.Channels.Routes.OpenRoute(EntityReference.Created(1), default, new Ledger.Channels.Routes.Voucher(3, 0, "V")),
        ];
        Check(_pair.Home, _pair.Home.Fixture.Make(TransactionKind.Atomic, operations), _pair.Home.Fixture.Operator);
    }

    [Fact]
    public void A_refused_proof_leaves_nothing()
    {
        _pair.Send(5);
        var before = Dump(_pair.Away);
        var forged = _pair.Away.Receive(_pair.Home, 1, 1, 1, 1);
        forged = forged with { Packets = forged.Packets with { Right = [default] } };
        Assert.Equal(Outcome.PacketsNotProven, _pair.Away.Fixture.Submit(TransactionKind.Proven, [_pair.Home.Update(_pair.Away), forged]).Outcome);
        Assert.Equal(before, Dump(_pair.Away));
    }

    private static void Check(Party party, Transaction transaction, params Key[] signers)
    {
        var before = Dump(party);
        var first = Execute(party, transaction, signers);
        Assert.NotEqual(before, Dump(party));
        first.RollBack();
        Assert.Equal(before, Dump(party));
        var again = Execute(party, transaction, signers);
        Assert.Equal(first.Hash, again.Hash);
        again.RollBack();
        Begin(party, transaction, signers).Abandon();
        Assert.Equal(before, Dump(party));
        party.Fixture.Submit(transaction, signers);
        party.Seal();
        Pair.CheckReplay(party);
    }

    private static BlockDraft Execute(Party party, Transaction transaction, Key[] signers) => Begin(party, transaction, signers).Finish(StateRootChoice.Now);

    private static BlockExecution Begin(Party party, Transaction transaction, Key[] signers)
    {
        var block = new BlockExecution(party.State, party.NowMs);
        var result = block.Execute(transaction, Array.ConvertAll(signers, key => new Signer(key.Public, default)));
        Assert.Equal(Outcome.Committed, result.Outcome);
        return block;
    }

    private static string Dump(Party party) =>
        $"{StateDump.Of(party.State)} {party.State.Channels.Root()} {party.State.Routes.TryFindPacket(1, true, 1, out _)} {party.State.Peers.Find("third")} {party.State.Assets.Find("V")}";
}
