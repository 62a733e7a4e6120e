namespace Actors.Ledger.Transactions;

/// <summary>Questions about an <see cref="Outcome"/> that follow from its number alone.</summary>
public static class OutcomeClass
{
    private const int AnswersFirst = 100;
    private const int RecordedFirst = 200;

    /// <summary>
    /// Never recorded: the id is not spent. The contrary does not follow from the number: some of 2xx and 3xx are answered too.
    /// </summary>
    public static bool IsAnswer(this Outcome outcome) => (int)outcome is >= AnswersFirst and < RecordedFirst;

    /// <summary>The operation was done before, by the same proof or another one: nothing has changed and nothing is wrong.</summary>
    public static bool IsDoneBefore(this Outcome outcome) => outcome is >= Outcome.HeaderKnown and <= Outcome.PeerAlreadyFrozen;
}
