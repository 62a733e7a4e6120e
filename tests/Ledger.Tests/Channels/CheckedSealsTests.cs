using System.Security.Cryptography;
using Actors.Ledger.Blocks;
using Actors.Ledger.Chains;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Channels;

/// <summary>Seals checked ahead of the writer: taken where they are about the key that the light client holds, and never in place of it.</summary>
public sealed class CheckedSealsTests
{
    private readonly Pair _pair = new();

    private Party Home => _pair.Home;

    private Party Away => _pair.Away;

    private SealHint Held => new(Home.Genesis, Away.State.Peers.Read(1).Height, Away.State.Peers.Read(1).SealingKey);

    [Fact]
    public void Whatever_was_checked_ahead_the_outcome_is_the_same()
    {
        _pair.Send(5);
        Home.Do(new ChangeSealingKey(Home.Fixture.NewKey().Public));
        Home.Do(new ChangeSealingKey(Home.Fixture.NewKey().Public));
        _pair.Send(6);
        var good = Home.Update(Away);
        var swapped = good.KeyChanges[1] with { Change = good.KeyChanges[1].Change with { Seal = good.Seal } };
        UpdatePeer[] updates =
        [
            good with { Seal = Home.Block(1).Seal },
            good with { Header = good.Header with { ChannelsRoot = default } },
            good with { KeyChanges = [good.KeyChanges[0]] },
            good with { KeyChanges = [good.KeyChanges[1]] },
            good with { KeyChanges = [good.KeyChanges[0], swapped] },
            good with { HistoryPath = [] },
            good with { Peer = 2 },
            good with { Header = Away.Block(1).Header },
            Home.Update(Away, to: 1),
            good,
        ];
        var hints = new Func<uint, SealHint?>[]
        {
            _ => Held,
            _ => null,
            _ => Held with { SealingKey = Home.Fixture.SealingKey.Public },
            _ => Held with { SealingKey = default },
            _ => Held with { Height = 0 },
            _ => Held with { Genesis = default },
        };
        foreach (var update in updates)
        {
            var expected = Execute(update, null);
            Assert.All(hints, hint => Assert.Equal(expected, Execute(update, hint)));
        }

        Assert.Equal(Outcome.Committed, Execute(good, hints[0]));
    }

    [Fact]
    public void What_was_checked_ahead_is_not_checked_again()
    {
        _pair.Send(5);
        var good = Make(Home.Update(Away));
        var forged = Make(Home.Update(Away) with { Seal = Home.Block(1).Seal });

        Assert.Equal(Outcome.HeaderNotSealed, Execute(good, CheckedSeals.Of(forged, _ => Held, Parse)));
        Assert.Equal(Outcome.Committed, Execute(good, CheckedSeals.Of(good, _ => Held, Parse)));
    }

    [Fact]
    public void A_header_sealed_by_a_key_that_somebody_only_took_for_the_peers_is_refused()
    {
        _pair.Send(5);
        var thief = Home.Fixture.NewKey();
        var update = Home.Update(Away);
        var forged = Make(update with { Seal = thief.Sign(update.Header.Encode()) });
        var seals = CheckedSeals.Of(forged, _ => Held with { SealingKey = thief.Public }, Parse)!;

        Assert.True(seals.Find(0, thief.Public, 0));
        Assert.Equal(Outcome.HeaderNotSealed, Execute(forged, seals));
    }

    [Fact]
    public void Evidence_checked_ahead_convicts_as_evidence_that_was_not()
    {
        var good = new Equivocation(Away.Anchor(Away.Height), Equivocations.Forged(Away, Away.Height), default, null);
        var forged = good with { Earlier = good.Earlier with { Seal = good.Later.Seal } };
        var stranger = new Pair().Away;
        var foreign = new Equivocation(stranger.Anchor(1), Equivocations.Forged(stranger, 1), default, null);
        SealHint? Hint(uint peer) => new(Away.Genesis, 0, Away.Fixture.SealingKey.Public);
        foreach (var evidence in new[] { forged, foreign, good with { Earlier = good.Later }, good })
        {
            Assert.Equal(Execute(Home, new ReportEquivocation(1, evidence), null), Execute(Home, new ReportEquivocation(1, evidence), Hint));
        }

        var checkedAhead = CheckedSeals.Of(Make(new ReportEquivocation(1, forged)), Hint, Parse);
        Assert.False(checkedAhead!.FindEvidence(0));
        Assert.Equal(Outcome.EquivocationNotProven, Execute(Home, Home.Fixture.Make(TransactionKind.Proven, [new ReportEquivocation(1, good)]), checkedAhead));
        Assert.Null(CheckedSeals.Of(Make(new ReportEquivocation(1, foreign)), Hint, Parse)!.FindEvidence(0));
    }

    [Fact]
    public void No_more_seals_are_checked_ahead_than_a_transaction_may_have_signatures()
    {
        _pair.Send(5);
        var update = Home.Update(Away);
        var transaction = Away.Fixture.Make(TransactionKind.Proven, [.. Enumerable.Repeat((IOperation)update, Limits.SignaturesPerTransactionMax + 1)]);
        var seals = CheckedSeals.Of(transaction, _ => Held, Parse)!;

        Assert.True(seals.Find(Limits.SignaturesPerTransactionMax - 1, Held.SealingKey, 0));
        Assert.Null(seals.Find(Limits.SignaturesPerTransactionMax, Held.SealingKey, 0));
        Assert.Null(CheckedSeals.Of(Away.Fixture.Make(TransactionKind.Atomic, [new ChangeOperator(EntityReference.Numbered(1))]), _ => Held, Parse));
    }

    private static ECDsa? Parse(PublicKey key) => Es256.TryImport(key);

    private Transaction Make(IOperation operation) => Away.Fixture.Make(TransactionKind.Proven, [operation]);

    private Outcome Execute(IOperation operation, Func<uint, SealHint?>? hints) => Execute(Away, operation, hints);

    private static Outcome Execute(Party party, IOperation operation, Func<uint, SealHint?>? hints)
    {
        var transaction = party.Fixture.Make(TransactionKind.Proven, [operation]);
        return Execute(party, transaction, hints is null ? null : CheckedSeals.Of(transaction, hints, Parse));
    }

    private Outcome Execute(Transaction transaction, CheckedSeals? seals) => Execute(Away, transaction, seals);

    /// <summary>In a block that is given up, so that the next one meets the same state.</summary>
    private static Outcome Execute(Party party, Transaction transaction, CheckedSeals? seals)
    {
        var block = new BlockExecution(party.State, party.NowMs);
        var result = block.Execute(transaction, [], new WriterTerms(seals, 0));
        block.Abandon();
        return result.Outcome;
    }
}
