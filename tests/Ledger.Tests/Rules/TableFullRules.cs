using Actors.Ledger.State;

namespace Actors.Ledger.Tests.Rules;

/// <summary>Tables have an end; what would go past it is refused, after every other check.</summary>
public sealed class TableFullRules
{
    private readonly Book _book = new();

    [Fact]
    public void There_are_at_most_2_to_the_46_accounts()
    {
        _book.State.Tables[TableId.Accounts].LoadCount(Limits.AccountsMax - 2);
        Script.Run(_book, """
            alice: open x alice EUR count=3 => TableFull
            alice: open x alice EUR count=2 => Committed
            alice: open y alice EUR => TableFull
            alice: open y alice #2 => answer AssetNotFound
            """);
    }

    [Fact]
    public void There_are_at_most_2_to_the_32_less_2_keysets()
    {
        _book.State.Tables[TableId.Keysets].LoadCount(Limits.KeysetsMax - 1);
        Script.Run(_book, """
            dave: keyset dave dave => Committed
            eve: keyset eve eve => TableFull
            dave: note dave => Committed
            """);
    }

    [Fact]
    public void The_sealing_key_changes_at_most_65_535_times()
    {
        _book.State.WriteChain().SealingKeyChanges = Limits.KeyChangesPerAnchorMax - 1;
        Script.Run(_book, """
            operator: sealing-key sealing2 => Committed
            + operator: sealing-key sealing3 => SealingKeyChangedInBlock
            operator: sealing-key sealing3 => TableFull
            alice: note alice => Committed
            """);
    }

    [Fact]
    public void There_are_at_most_65_535_assets()
    {
        for (var first = 2; first <= Limits.AssetsMax; first += Limits.OperationsPerTransactionMax)
        {
            var count = Math.Min(Limits.OperationsPerTransactionMax, Limits.AssetsMax - first + 1);
            Script.Run(_book, $"operator: {string.Join(';', Enumerable.Range(first, count).Select(i => $"asset C{i} #2"))} => Committed");
        }

        Script.Run(_book, """
            operator: asset EUR issuer => AssetCodeTaken
            operator: asset LAST issuer => TableFull
            """);
    }
}
