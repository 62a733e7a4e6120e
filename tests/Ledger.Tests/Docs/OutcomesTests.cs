using System.Globalization;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Docs;

/// <summary>docs/outcomes.md is the contract; the enum is what the code says. They agree exactly.</summary>
public sealed class OutcomesTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "docs", "outcomes.md"));

    [Fact]
    public void The_table_lists_every_outcome_with_its_number_in_order()
    {
        var documented = Lines.Where(line => line.StartsWith("| ") && char.IsAsciiDigit(line[2]))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (Number: int.Parse(cells[1], CultureInfo.InvariantCulture), Name: cells[2]));
        var declared = Enum.GetValues<Outcome>().Select(outcome => (Number: (int)outcome, Name: outcome.ToString()));
        Assert.Equal(declared, documented);
    }

    [Fact]
    public void Every_outcome_has_a_place_in_the_order_of_checks()
    {
        var order = string.Join('\n', Lines.SkipWhile(line => !line.StartsWith("## Order for a transaction")));
        Assert.All(Enum.GetNames<Outcome>().Where(name => name != nameof(Outcome.Committed)), name => Assert.Contains(name, order));
    }

    [Fact]
    public void Outcomes_from_100_to_199_and_no_others_are_only_answered() =>
        Assert.All(Enum.GetValues<Outcome>(), outcome => Assert.Equal((int)outcome is >= 100 and < 200, outcome.IsAnswer()));
}
