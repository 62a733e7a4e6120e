namespace Actors.Ledger.Tests.Rules;

/// <summary>Atomic transactions, bulks, and the linked runs in them.</summary>
public sealed class RunRules
{
    [Fact]
    public void An_atomic_transaction_whose_last_operation_fails_leaves_nothing() => Book.Run("""
        alice: transfer a b 100; pending p a b 1 1000; alias a main; close a+1; transfer a b 901 => BelowFloor@4
        expect a 1000
        expect b 0
        alice: transfer a+1 b 1 => BelowFloor
        alice: alias a main => Committed
        """);

    [Fact]
    public void Numbers_handed_out_by_a_refused_transaction_are_handed_out_again()
    {
        var book = new Book();
        Script.Run(book, """
            operator+dave: keyset dave dave; asset USD dave; open d dave USD count=100; transfer a b 1 => answer MissingSignature
            operator+dave+alice: keyset dave dave; asset USD dave; open d dave USD count=100; pending p a b 1 1000; transfer a b 1000 => BelowFloor@4
            operator+eve: keyset eve eve; asset USD eve; open e eve USD => Committed
            alice: pending q a b 1 1000 => Committed
            """);
        Assert.Equal((6ul, 2ul, 14ul, 1ul), (book.Names["eve"], book.Names["USD"], book.Names["e"], book.Names["q"]));
        book.Replay();
    }

    [Fact]
    public void In_a_bulk_each_operation_has_its_own_outcome() => Book.Run("""
        bulk alice: transfer a b 100; transfer a b 901; transfer a b 900; transfer a b 0 => Committed, BelowFloor, Committed, ZeroAmount
        expect a 0
        expect b 1000
        """);

    [Fact]
    public void A_linked_run_in_a_bulk_is_all_or_nothing() => Book.Run("""
        bulk alice: transfer a b 1; transfer a b 10 & transfer a b 0 & transfer a b 20; transfer a b 2 => Committed, LinkedOperationRefused, ZeroAmount, LinkedOperationRefused, Committed
        expect b 3
        bulk alice: transfer a b 10 & transfer a b 20; transfer a b 9999 & transfer a b 1 => Committed, Committed, BelowFloor, LinkedOperationRefused
        expect b 33
        """);

    [Fact]
    public void An_unauthorized_operation_refuses_its_run() => Book.Run("""
        bulk alice: transfer a b 1 & transfer b c 1; note alice => LinkedOperationRefused, NotAuthorized, Committed
        expect b 0
        """);

    [Fact]
    public void A_later_operation_sees_what_an_earlier_one_did() => Book.Run("""
        alice+bob: transfer b c 1; transfer a b 1 => BelowFloor@0
        alice+bob: transfer a b 1; transfer b c 1 => Committed
        bulk alice+bob: transfer b c 1; transfer a b 1; transfer b c 1 => BelowFloor, Committed, Committed
        """);

    [Fact]
    public void A_refused_run_releases_what_it_settled() => Book.Run("""
        alice: pending p a b 10 1000 => Committed
        bulk bob: post p & transfer b c 11; post p 5 => LinkedOperationRefused, BelowFloor, Committed
        expect a 995
        expect b 5
        """);

    [Fact]
    public void Things_created_in_a_transaction_can_be_used_in_it() => Book.Run("""
        operator+dave: keyset dave dave; asset USD dave; open d dave USD nofloor; open e dave USD count=5; transfer d e+4 10; transfer e+4 e 3; pending p e+4 e+1 7 1000; post p 2 => Committed
        expect d -10
        expect e 3
        expect e+1 2
        expect e+4 5
        """);

    [Fact]
    public void An_offset_past_the_range_is_not_there() => Book.Run("""
        alice: open x alice EUR count=2; transfer x+2 a 1 => answer DebitAccountNotFound@1
        alice: open x alice EUR count=2; transfer a x+2 1 => CreditAccountNotFound@1
        issuer+alice: open x alice EUR count=2; floor x+2 1 => answer AccountNotFound@1
        issuer+alice: open x alice EUR count=2; floor x+1 1 => Committed
        alice: open x alice EUR count=2; alias x+1 second; close x+1 => Committed
        """);

    [Fact]
    public void What_was_not_created_cannot_be_used() => Book.Run("""
        alice: pending taken a b 1 1000 => Committed
        bulk operator+alice: asset EUR issuer; open x alice #1 & transfer x a 5; alias x main; transfer a x 1; pending p a #999 1 1000 by alice; post p => AssetCodeTaken, LinkedOperationRefused, BelowFloor, ReferenceNotCreated, ReferenceNotCreated, CreditAccountNotFound, ReferenceNotCreated
        """);

    [Fact]
    public void What_names_something_not_created_has_no_authority_to_tell() => Book.Run("""
        bulk operator+alice: keyset dave dave; note dave; note alice; asset USD #999; open x alice USD; open y #999 EUR; transfer y a 1; floor y 1; pending p a #999 1 1000; post p; asset CHF issuer => NotAuthorized, NotAuthorized, Committed, KeysetNotFound, ReferenceNotCreated, KeysetNotFound, ReferenceNotCreated, NotAuthorized, CreditAccountNotFound, ReferenceNotCreated, Committed
        """);

    [Fact]
    public void A_keyset_that_was_not_opened_cannot_own() => Book.Run("""
        bulk dave+alice: keyset dave dave & transfer a b 9999; open d dave EUR; note dave; note alice => LinkedOperationRefused, BelowFloor, ReferenceNotCreated, ReferenceNotCreated, Committed
        """);
}
