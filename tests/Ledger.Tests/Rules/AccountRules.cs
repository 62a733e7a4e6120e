namespace Actors.Ledger.Tests.Rules;

/// <summary>Operations on one account or asset, and their refusals in order.</summary>
public sealed class AccountRules
{
    [Theory]
    [InlineData("alice: pending p a b 1 1000; close a => AccountHasPendings@1")]
    [InlineData("alice: close a => AccountNotEmpty")]
    [InlineData("alice: close a+1; close a+1 => AccountClosed@1")]
    [InlineData("alice: alias a main; close a+1; alias a+1 main => AccountClosed@2")]
    [InlineData("alice: alias a main; alias a+1 main => AliasTaken@1")]
    [InlineData("alice: alias a main; alias a second => Committed")]
    [InlineData("alice+bob: alias a main; alias b main => Committed")]
    [InlineData("operator: asset EUR issuer => AssetCodeTaken")]
    [InlineData("operator: asset USD issuer; asset USD alice => AssetCodeTaken@1")]
    [InlineData("alice: open x alice EUR count=1000 => Committed")]
    [InlineData("alice: open x alice EUR count=1001 => answer MissingSignature")]
    [InlineData("issuer+alice: open x alice EUR count=1000 => answer SurplusSignature")]
    [InlineData("issuer+alice: open x alice EUR count=1000000000 => Committed")]
    [InlineData("issuer+alice: open x alice EUR floor=-5 ceiling=5; transfer x b 6 => BelowFloor@1")]
    [InlineData("issuer+alice: open x alice EUR floor=-5 ceiling=5; transfer a x 6 => AboveCeiling@1")]
    [InlineData("issuer: floor a none; ceiling a none => Committed")]
    public void An_operation_gives(string line) => Book.Run(line);

    [Fact]
    public void An_empty_account_can_be_closed_once() => Book.Run("""
        alice: close a+3 => Committed
        alice: close a+3 => AccountClosed
        alice: alias a+3 gone => AccountClosed
        """);

    [Fact]
    public void Without_floor_an_account_goes_down_until_the_floor_is_back() => Book.Run("""
        issuer: floor a none => Committed
        alice: transfer a b 5000 => Committed
        expect a -4000
        issuer: floor a 0 => Committed
        alice: transfer a b 1 => BelowFloor
        issuer: transfer mint a 4001 => Committed
        alice: transfer a b 1 => Committed
        """);

    [Fact]
    public void A_member_of_a_range_is_as_its_range_says_until_it_is_used()
    {
        var book = new Book();
        Script.Run(book, """
            issuer+alice: open x alice EUR count=1000000 floor=-7 ceiling=100 => Committed
            issuer: transfer mint x+999999 40 => Committed
            expect x+999999 40
            expect x+5 0
            """);
        Assert.Equal((-7, 100), (book.Account("x+999998").Floor, book.Account("x+999998").Ceiling));
        Assert.Equal((-7, 100), (book.Account("x+999999").Floor, book.Account("x+999999").Ceiling));
        Assert.True(book.Account("x+999998").IsUntouched || book.Account("x+999998").LastBlock == 0);
        book.Replay();
    }

    [Fact]
    public void An_alias_is_found_by_its_keyset()
    {
        var book = new Book();
        Script.Run(book, "alice+bob: alias a+1 main; alias b main; alias b+2 other => Committed");
        Assert.Equal(book.Names["a"] + 1, book.State.Aliases.Find((uint)book.Names["alice"], "main"));
        Assert.Equal(book.Names["b"], book.State.Aliases.Find((uint)book.Names["bob"], "main"));
        Assert.Null(book.State.Aliases.Find((uint)book.Names["alice"], "other"));
    }

    [Fact]
    public void A_note_is_kept_with_its_payload() => Book.Run("""
        alice: note alice => Committed
        bulk alice: note alice x y z; note bob => Committed, NotAuthorized
        """);
}
