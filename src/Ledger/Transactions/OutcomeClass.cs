namespace Actors.Ledger.Transactions;

/// <summary>Questions about an <see cref="Outcome"/> that follow from its number alone.</summary>
public static class OutcomeClass
{
    private const int AnswersFirst = 100;
    private const int RecordedFirst = 200;

    /// <summary>An answer only: nothing was recorded and the id is not spent.</summary>
    public static bool IsAnswer(this Outcome outcome) => (int)outcome is >= AnswersFirst and < RecordedFirst;
}
