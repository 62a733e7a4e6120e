using Actors.Ledger.Transactions;

namespace Actors.Cli.Client;

/// <summary>The ledger said no, by name and number. Sending the same again gets the same answer.</summary>
public sealed class RefusedException(Outcome outcome, string detail, string? id = null) : Exception(Describe(outcome, detail, id))
{
    public Outcome Outcome { get; } = outcome;

    /// <summary>What was expected and what was found.</summary>
    public string Detail { get; } = detail;

    internal static string Describe(Outcome outcome, string detail, string? id = null) =>
        $"refused: {outcome} ({(int)outcome}): {detail}" + (id is null ? "" : $" [transaction {id}]");
}
