using Actors.Ledger.Proofs;

namespace Actors.Ledger.Tests.Proofs;

public sealed class StatementForgeryTests
{
    private readonly ProofChain _chain = new(leafRecords: 1);
    private readonly Statement _statement;

    public StatementForgeryTests()
    {
        StatementTests.BuildHistory(_chain);
        _statement = _chain.Statement(ProofChain.Alice);
    }

    [Fact]
    public void A_statement_with_one_changed_byte_is_refused() =>
        ProofAssert.EveryChangedByteIsRefused(_statement.Encode(), _chain.GenesisHash);

    [Fact]
    public void A_statement_with_one_changed_byte_is_refused_also_when_its_file_hash_is_made_right_again()
    {
        foreach (var (forged, at) in ProofAssert.Forged(_statement.Encode()))
        {
            Assert.False(ProofVerifier.Verify(forged, _chain.GenesisHash).IsVerified, $"byte {at}");
        }
    }

    [Fact]
    public void A_truncated_or_extended_statement_is_refused() =>
        ProofAssert.EveryTruncationAndExtensionIsRefused(_statement.Encode(), _chain.GenesisHash);

    [Fact]
    public void A_statement_that_leaves_out_a_block_is_refused()
    {
        for (var left = 1; left + 1 < _statement.Entries.Count; left++)
        {
            var entries = _statement.Entries.ToList();
            entries.RemoveAt(left);
            FailsFirst(CheckNames.StatementChain, _statement with { Entries = entries });
        }
    }

    [Fact]
    public void A_statement_that_shows_a_block_twice_or_in_another_order_is_refused()
    {
        var entries = _statement.Entries;

        FailsFirst(CheckNames.StatementChain, _statement with { Entries = [entries[0], entries[0], .. entries.Skip(1)] });
        FailsFirst(CheckNames.StatementChain, _statement with { Entries = [.. entries.Reverse()] });
    }

    [Fact]
    public void A_statement_that_shows_an_operation_twice_is_refused()
    {
        var at = Index(4);
        var entry = _statement.Entries[at];
        Assert.Equal([0, 2], entry.Operations.Select(proof => proof.Operation!.Value));
        var whole = OperationProof.Build(_chain.Block(4), 0, null);

        FailsFirst(CheckNames.Operations, With(at, entry with { Operations = [entry.Operations[0], entry.Operations[0], entry.Operations[1]] }));
        FailsFirst(CheckNames.StatementOrder, With(at, entry with { Operations = [entry.Operations[1], entry.Operations[0]] }));
        FailsFirst(CheckNames.Operations, With(at, entry with { Operations = [.. entry.Operations, whole] }));
        FailsFirst(CheckNames.Operations, With(at, entry with { Operations = [whole, .. entry.Operations] }));
        FailsFirst(CheckNames.StatementOrder, With(0, _statement.Entries[0] with { ExpiryLeaves = [_statement.Entries[0].ExpiryLeaves[0], _statement.Entries[0].ExpiryLeaves[0]] }));
    }

    [Fact]
    public void A_statement_that_leaves_out_an_operation_of_a_shown_block_is_refused()
    {
        var at = Index(4);
        var entry = _statement.Entries[at];

        var failed = FailsFirst(CheckNames.Operations, With(at, entry with { Operations = [entry.Operations[0]] }));
        Assert.Contains("its touch says", failed.Sentence);
    }

    [Fact]
    public void An_operation_that_did_not_change_the_account_is_refused()
    {
        var at = Index(4);
        var others = OperationProof.Build(_chain.Block(4), 0, 1);

        var failed = FailsFirst(CheckNames.Operations, With(at, _statement.Entries[at] with { Operations = [others] }));
        Assert.Contains("did not change account 2", failed.Sentence);
    }

    [Fact]
    public void An_operation_of_another_block_is_refused()
    {
        var at = Index(4);
        var other = _statement.Entries[Index(3)].Operations;

        FailsFirst(CheckNames.Operations, With(at, _statement.Entries[at] with { Operations = other }));
    }

    [Fact]
    public void An_entry_that_shows_nothing_is_refused()
    {
        var at = Index(4);

        FailsFirst(CheckNames.Operations, With(at, _statement.Entries[at] with { Operations = [] }));
    }

    [Fact]
    public void A_touch_leaf_or_expiry_leaf_of_another_place_is_refused()
    {
        var entry = _statement.Entries[0];
        var (touch, expiry) = (entry.TouchLeaf, entry.ExpiryLeaves[0]);

        FailsFirst(CheckNames.Touches, With(0, entry with { TouchLeaf = touch with { Index = expiry.Index } }));
        FailsFirst(CheckNames.Touches, With(0, entry with { TouchLeaf = _statement.Entries[1].TouchLeaf with { Index = touch.Index } }));
        FailsFirst(CheckNames.Expiries, With(0, entry with { ExpiryLeaves = [expiry with { Index = touch.Index }] }));
    }

    [Fact]
    public void A_header_that_is_not_in_the_history_is_refused()
    {
        var entry = _statement.Entries[1];

        FailsFirst(CheckNames.History, With(1, entry with { HistoryPath = _statement.Entries[2].HistoryPath }));
        FailsFirst(CheckNames.History, With(1, entry with { Header = entry.Header with { Time = new Timestamp(1) } }));
    }

    [Fact]
    public void An_entry_of_an_older_block_is_not_taken_for_the_anchors_own()
    {
        var failed = ProofVerifier.Verify(With(0, _statement.Entries[0] with { HistoryPath = null }).Encode(), _chain.GenesisHash);
        Assert.False(failed.IsVerified);
    }

    [Fact]
    public void The_statement_of_another_account_is_refused()
    {
        foreach (var account in new ulong[] { 1, 3, 12 })
        {
            Assert.False(ProofVerifier.Verify((_statement with { Account = new AccountNumber(account) }).Encode(), _chain.GenesisHash).IsVerified);
        }
    }

    [Fact]
    public void A_statement_without_entries_or_of_account_0_is_malformed()
    {
        FailsFirst(CheckNames.WellFormed, _statement with { Entries = [] });
        FailsFirst(CheckNames.WellFormed, _statement with { Account = new AccountNumber(0) });
    }

    private int Index(ulong height) => _statement.Entries.ToList().FindIndex(entry => entry.Header.Height.Value == height);

    private Statement With(int at, StatementEntryProof entry)
    {
        var entries = _statement.Entries.ToList();
        entries[at] = entry;
        return _statement with { Entries = entries };
    }

    private Check FailsFirst(string name, Statement forged) => ProofAssert.FailsFirst(name, forged.Encode(), _chain.GenesisHash);
}
