namespace Actors.Ledger.Tests.Rules;

/// <summary>Who must sign what: the authority table, row by row, with nobody, somebody else and too many signing.</summary>
public sealed class AuthorityRules
{
    [Theory]
    [InlineData("keyset dave dave", "dave", "operator")]
    [InlineData("change-keyset bob bob2", "bob", "bob2")]
    [InlineData("change-keyset operator new", "operator", "new")]
    [InlineData("asset USD issuer", "operator", "issuer")]
    [InlineData("open x bob EUR", "bob", "issuer")]
    [InlineData("open x bob EUR floor=-1", "bob+issuer", "bob")]
    [InlineData("open x bob EUR floor=1", "bob+issuer", "issuer")]
    [InlineData("open x bob EUR nofloor", "bob+issuer", "bob")]
    [InlineData("open x bob EUR ceiling=5", "bob+issuer", "bob")]
    [InlineData("open x bob VIP", "bob+issuer", "bob")]
    [InlineData("transfer a b 1", "alice", "bob")]
    [InlineData("pending p2 a b 1 1000", "alice", "bob")]
    [InlineData("pending p2 a b 1 1000 by carol", "alice", "carol")]
    [InlineData("close a+1", "alice", "issuer")]
    [InlineData("post p", "bob", "alice")]
    [InlineData("void p", "bob", "alice")]
    [InlineData("post q", "carol", "bob")]
    [InlineData("void q", "carol", "alice")]
    [InlineData("floor a 1", "issuer", "alice")]
    [InlineData("ceiling a 1", "issuer", "alice")]
    [InlineData("freeze a", "issuer", "alice")]
    [InlineData("thaw a", "issuer", "operator")]
    [InlineData("note alice", "alice", "bob")]
    [InlineData("sealing-key sealing2", "operator", "sealing")]
    [InlineData("operator alice", "operator", "alice")]
    [InlineData("alias a main", "alice", "issuer")]
    public void An_operation_needs_exactly_the_right_keys(string operation, string needed, string wrong)
    {
        const string setting = """
            operator: asset VIP issuer restricted => Committed
            alice: pending p a b 10 9000; pending q a b 10 9000 by carol => Committed
            """;
        Book.Run($"{setting}\n{wrong}: {operation} => answer MissingSignature@0");
        Book.Run($"{setting}\n{needed}+stranger: {operation} => answer SurplusSignature");
        Book.Run($"{setting}\nbulk carol2: keyset carol2 carol2; {operation} => Committed, NotAuthorized");
        Book.Run($"{setting}\n{needed}: {operation} => Committed");
    }

    [Fact]
    public void Weights_must_reach_the_threshold() => Book.Run("""
        k1+k2+k3: keyset team k1:2,k2:1,k3:1/3 => Committed
        k2+k3: note team => answer MissingSignature
        k1: note team => answer MissingSignature
        k1+k2: note team => Committed
        k3+k1: note team => Committed
        k1+k2+k3: note team => Committed
        """);

    [Fact]
    public void A_keyset_is_opened_by_as_many_of_its_keys_as_its_threshold_asks_for() => Book.Run("""
        k1: keyset team k1,k2/2 => answer MissingSignature
        k2+k1: keyset team k1,k2/2 => Committed
        """);

    [Fact]
    public void Keys_of_a_keyset_that_is_below_its_threshold_are_not_surplus() => Book.Run("""
        k1+k2: keyset team k1,k2/2 => Committed
        k1: note team => answer MissingSignature
        bulk k1+alice: note team; note alice => NotAuthorized, Committed
        """);

    [Fact]
    public void A_key_may_be_that_of_an_operation_whose_keyset_cannot_be_told() => Book.Run("""
        alice: pending p a b 10 9000 => Committed
        bob: post p => Committed
        bulk alice+bob: note alice; post p => Committed, PendingNotOpen
        bulk bob+alice: post p; note alice => PendingNotOpen, Committed
        bulk alice+stranger: note alice; transfer #999 a 1 => Committed, DebitAccountNotFound
        bulk alice+bob: note alice; note alice => answer SurplusSignature
        bulk alice+bob: note alice; note carol => answer SurplusSignature
        bulk bob: post p => answer PendingNotOpen
        alice+bob: note alice; post p => answer PendingNotOpen@1
        """);

    [Fact]
    public void One_key_may_stand_in_several_keysets() => Book.Run("""
        alice: keyset second alice; note second; note alice => Committed
        """);

    [Fact]
    public void A_key_that_was_changed_away_counts_no_more() => Book.Run("""
        bob: change-keyset bob bob2,bob3/2 => Committed
        + bob: note bob => answer MissingSignature
        + bob2+bob3: note bob => Committed
        bob: note bob => answer MissingSignature
        bob2+bob3: change-keyset bob bob => Committed
        bob: note bob => Committed
        """);

    [Fact]
    public void Within_a_transaction_keysets_count_as_they_stood_before_it() => Book.Run("""
        bob: change-keyset bob bob2; note bob => Committed
        bob2: note bob => Committed
        operator: operator alice; asset USD issuer => Committed
        operator: asset CHF issuer => answer MissingSignature
        alice: asset CHF issuer => Committed
        """);

    [Fact]
    public void A_keyset_opened_in_the_transaction_signs_in_it() => Book.Run("""
        dave: keyset dave dave; open d dave EUR; note dave => Committed
        eve1+issuer: keyset eve eve1; open e eve EUR floor=-9; transfer e b 9; change-keyset eve eve2 => Committed
        eve2: note eve => Committed
        """);

    [Fact]
    public void The_operator_may_become_a_keyset_of_the_same_transaction() => Book.Run("""
        operator+dave: keyset dave dave; operator dave => Committed
        dave: asset USD issuer => Committed
        """);

    [Fact]
    public void The_debtor_cannot_void_even_as_owner_of_another_account() => Book.Run("""
        alice: pending p a b 10 1000 => Committed
        alice: void p => answer MissingSignature
        alice: pending q a a+1 10 1000 => Committed
        alice: void q => Committed
        """);

    [Fact]
    public void The_decider_is_the_keyset_that_owned_the_credited_account_with_its_newest_keys() => Book.Run("""
        alice: pending p a b 10 1000 => Committed
        bob: change-keyset bob bob2 => Committed
        bob: post p => answer MissingSignature
        bob2: post p => Committed
        """);

    [Fact]
    public void A_group_is_decided_by_its_decider_once() => Book.Run("""
        alice: pending p a b 1 1000 by carol & pending q a b 1 1000 by carol => Committed
        bob: post p => answer MissingSignature
        carol: post p => Committed
        """);

    [Fact]
    public void A_bulk_of_which_nothing_is_authorized_is_answered() => Book.Run("""
        bulk bob: transfer a b 1; transfer a b 2 => answer MissingSignature@0
        bulk bob: transfer #999 b 1; transfer a b 2 => answer DebitAccountNotFound@0
        bulk bob: note bob; transfer #999 b 1; transfer a b 2 => Committed, DebitAccountNotFound, NotAuthorized
        """);

    [Fact]
    public void What_must_sign_is_not_there() => Book.Run("""
        alice: transfer #999 b 1 => answer DebitAccountNotFound@0
        alice: note alice; pending p #999 b 1 1000 => answer DebitAccountNotFound@1
        alice: note #999 => answer KeysetNotFound
        alice: change-keyset #999 x => answer KeysetNotFound
        operator: asset USD #999 => answer KeysetNotFound
        alice: open x #999 EUR => answer KeysetNotFound
        alice: open x alice #999 => answer AssetNotFound
        alice: close #999 => answer AccountNotFound
        issuer: floor #999 1 => answer AccountNotFound
        issuer: ceiling #999 1 => answer AccountNotFound
        issuer: freeze #999 => answer AccountNotFound
        alice: alias #999 main => answer AccountNotFound
        alice: post #999 => answer PendingNotFound
        operator: operator #999 => KeysetNotFound
        """);

    [Fact]
    public void The_first_operation_whose_signature_is_missing_is_named() => Book.Run("""
        alice: transfer a b 1; transfer b c 1; note #999 => answer MissingSignature@1
        alice: transfer a b 1; note #999; transfer b c 1 => answer KeysetNotFound@1
        stranger+alice: transfer a b 1; transfer b c 1 => answer MissingSignature@1
        """);
}
