namespace Actors.Ledger.Proofs;

/// <summary>
/// Whether a file is about the account that its reader asked for. Everything else in an account proof or a statement can be true of an account
/// that nobody asked about: whoever hands the file over chooses it.
/// </summary>
internal static class AccountCheck
{
    /// <summary>The verification with the check added; without it where no account is expected.</summary>
    public static Verification About(this Verification verification, Address? expected, ChainId chain, AccountNumber? found) =>
        expected is { } address ? verification.With(Check(address, chain, found, verification.Kind)) : verification;

    /// <summary>The verification of what is no proof file, so that it is about nothing.</summary>
    public static Verification AboutNothing(this Verification verification, Address? expected) =>
        expected is null ? verification : verification.With(new Check(CheckNames.Account, CheckStatus.NotRun, CheckList.NotRun));

    private static Verification With(this Verification verification, Check check) => verification with { Checks = [.. verification.Checks, check] };

    private static Check Check(Address expected, ChainId chain, AccountNumber? found, ProofFileKind kind)
    {
        if (found is not { } number)
        {
            var what = kind == ProofFileKind.Receipt ? "a receipt is about a transaction" : "the file shows another record";
            return new Check(CheckNames.Account, CheckStatus.Failed, $"{what}, expected it to be about account {expected}");
        }

        var address = new Address(chain, number);
        return address == expected
            ? new Check(CheckNames.Account, CheckStatus.Passed, $"the file is about account {expected}")
            : new Check(CheckNames.Account, CheckStatus.Failed, $"the file is about account {address}, expected {expected}");
    }
}
