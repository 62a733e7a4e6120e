using Actors.Ledger.Proofs;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Channels;

/// <summary>Statements and receipts of what crossed a channel, checked offline.</summary>
public sealed class StatementTests
{
    private readonly Pair _pair = new();

    public StatementTests()
    {
        _pair.Send(300);
        _pair.Send(40, to: 999);
        _pair.Link.Receive(_pair.Away);
        _pair.Link.Acknowledge(_pair.Home);
        _pair.SendHome(120);
        _pair.Link.Receive(_pair.Home);
    }

    [Fact]
    public void A_senders_statement_shows_what_was_sent_refunded_and_came_home()
    {
        var statement = Statement(_pair.Home, _pair.Alice);
        Assert.Equal([120, 40, -40, -300], statement.Entries.Take(4).Select(entry => (long)entry.PostedChange));
        Assert.Equal(Outcome.CreditAccountNotFound, statement.Entries[1].Effects.Single().Packet!.Value.Outcome);
    }

    [Fact]
    public void The_statement_of_an_escrow_adds_up()
    {
        var statement = Statement(_pair.Home, _pair.Home.Route(_pair.AtHome).Account);
        Assert.Equal(_pair.Escrow, (long)statement.PostedChange);
        Assert.Equal(0UL, statement.Next.Value);
    }

    [Fact]
    public void The_statements_of_recipient_and_issuer_add_up()
    {
        Assert.Equal(180, (long)Statement(_pair.Away, _pair.Bob).PostedChange);
        Assert.Equal(-180, (long)Statement(_pair.Away, _pair.Away.Route(_pair.AtAway).Account).PostedChange);
    }

    [Fact]
    public void A_receipt_of_a_receive_shows_each_packet_and_one_of_a_send_its_sequence()
    {
        var away = Enumerable.Range(1, (int)_pair.Away.Height).Last(height => _pair.Away.Block((ulong)height).Transactions.Count > 0 && _pair.Away.Block((ulong)height).Header.PacketCount > 0);
        var receipt = Receipt.Encode(_pair.Away.Anchor((ulong)away), OperationProof.Build(_pair.Away.Block((ulong)away), 0, 1));
        var shown = ProofVerifier.Verify(receipt, _pair.Away.Genesis);
        Assert.True(shown.IsVerified, string.Join("; ", shown.Checks.Select(check => check.Sentence)));
        Assert.Equal(Outcome.Committed, shown.Transaction!.Operations[0].Outcome);
    }

    [Fact]
    public void A_packet_leaf_of_another_place_is_refused()
    {
        var (anchor, entries) = Entries(_pair.Away, _pair.Bob);
        var at = entries.FindIndex(entry => entry.PacketLeaves.Count > 0);
        var leaf = entries[at].PacketLeaves[0];
        Fails(CheckNames.Packets, leaf with { Index = 0 });
        Fails(CheckNames.Packets, leaf with { Index = entries[at].TouchLeaf.Index });
        entries[at] = entries[at] with { PacketLeaves = [leaf, leaf] };
        Assert.Contains(Verify(_pair.Away, anchor, _pair.Bob, entries).Checks, check => check.Status == CheckStatus.Failed && check.Name == CheckNames.StatementOrder);

        void Fails(string name, EffectLeafProof forged)
        {
            entries[at] = entries[at] with { PacketLeaves = [forged] };
            Assert.Contains(Verify(_pair.Away, anchor, _pair.Bob, entries).Checks, check => check.Status == CheckStatus.Failed && check.Name == name);
        }
    }

    private static ProvenStatement Statement(Party party, ulong account)
    {
        var (anchor, entries) = Entries(party, account);
        var verification = Verify(party, anchor, account, entries);
        Assert.All(verification.Checks, check => Assert.True(check.Status == CheckStatus.Passed, $"{check.Name}: {check.Sentence}"));
        return verification.Statement!;
    }

    private static Verification Verify(Party party, Anchor anchor, ulong account, List<StatementEntryProof> entries) =>
        ProofVerifier.Verify(new Ledger.Proofs.Statement(anchor, new AccountNumber(account), entries).Encode(), party.Genesis);

    private static (Anchor Anchor, List<StatementEntryProof> Entries) Entries(Party party, ulong account)
    {
        var entries = new List<StatementEntryProof>();
        for (var height = party.Height; height > 0; height--)
        {
            var block = party.Block(height);
            if (StatementEntryProof.TouchOf(block, new AccountNumber(account)) is not null)
            {
                var path = height == party.Height ? null : party.HistoryPath((int)height, (int)party.Height);
                entries.Add(StatementEntryProof.Build(block, new AccountNumber(account), path));
            }
        }

        return (party.Anchor(party.Height), entries);
    }
}
