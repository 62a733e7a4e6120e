namespace Actors.Ledger.Proofs;

public enum CheckStatus
{
    /// <summary>What it needs was not there because an earlier check failed.</summary>
    NotRun = 0,

    Passed,
    Failed,
}

/// <summary>One thing that had to hold, whether it does, and a sentence that says what was expected and what was found.</summary>
public sealed record Check(string Name, CheckStatus Status, string Sentence);

/// <summary>One thing that a file says, for people: a name such as "outcome", and the text.</summary>
public sealed record Claim(string Name, string Text);

/// <summary>
/// What came out of verifying a proof file. <see cref="Claims"/>, <see cref="Transaction"/>, <see cref="Account"/> and
/// <see cref="Statement"/> are what the file says; it is proven only where <see cref="IsVerified"/>.
/// </summary>
public sealed record Verification(ProofFileKind Kind, IReadOnlyList<Check> Checks)
{
    /// <summary>Every check passed.</summary>
    public bool IsVerified => Checks.All(check => check.Status == CheckStatus.Passed);

    /// <summary>What the file says, in words; empty for a file that is not well-formed.</summary>
    public IReadOnlyList<Claim> Claims { get; init; } = [];

    /// <summary>What a receipt shows.</summary>
    public ProvenTransaction? Transaction { get; init; }

    /// <summary>What a record-proof file shows, if it is about an account that exists.</summary>
    public ProvenAccount? Account { get; init; }

    /// <summary>What a statement file shows.</summary>
    public ProvenStatement? Statement { get; init; }

    /// <summary>The check with this name; null when the file has no such check.</summary>
    public Check? Find(string name) => Checks.FirstOrDefault(check => check.Name == name);
}
