namespace Actors.Cli;

/// <summary>What a script may rely on.</summary>
public static class ExitCode
{
    public const int Fine = 0;

    /// <summary>It ran and found something wrong: refused by the ledger, a proof that does not hold, an audit with findings.</summary>
    public const int FoundWrong = 1;

    /// <summary>It could not run: bad arguments, a missing file, no node, an outcome that is not known yet.</summary>
    public const int CouldNotRun = 2;
}
