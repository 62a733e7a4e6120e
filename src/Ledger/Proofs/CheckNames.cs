namespace Actors.Ledger.Proofs;

/// <summary>The names of checks, which are the same in every release so that tools may look for them.</summary>
public static class CheckNames
{
    /// <summary>Magic, file hash and every field are as docs/wire-format.md section 8 says.</summary>
    public const string WellFormed = "well-formed";

    /// <summary>The genesis document has the hash that the verifier was given.</summary>
    public const string Anchored = "anchored";

    /// <summary>Every header names that genesis.</summary>
    public const string Genesis = "genesis";

    /// <summary>The anchor's header is sealed by the key that was the chain's at that height.</summary>
    public const string Seal = "seal";

    public const string OperationsRoot = "operations root";
    public const string TransactionsRoot = "transactions root";
    public const string OutcomesRoot = "outcomes root";

    /// <summary>The effect leaf is one that a transaction of this kind with the operations shown can have.</summary>
    public const string Outcome = "outcome";

    public const string StateRoot = "state root";

    /// <summary>Each record leads to the root of its table.</summary>
    public const string Records = "records";

    /// <summary>The records show what they are together said to show: a record in use, an unused member of a range, or nothing.</summary>
    public const string Existence = "existence";

    /// <summary>Each entry's header is in the history that the anchor's header covers.</summary>
    public const string History = "history";

    /// <summary>Each entry's touch leaf is in its block and names the account once.</summary>
    public const string Touches = "touches";

    /// <summary>Each entry's touch names the block of the next entry as the one before.</summary>
    public const string StatementChain = "statement chain";

    /// <summary>Each operation shown is in its block and changed the account.</summary>
    public const string Operations = "operations";

    /// <summary>Each expiry leaf shown is in its block and names the account.</summary>
    public const string Expiries = "expiries";

    /// <summary>Entries descend, and what an entry shows ascends, so that nothing is shown twice.</summary>
    public const string StatementOrder = "statement order";

    /// <summary>The file is about the account that the verifier was given; not there where none was.</summary>
    public const string Account = "account";

    /// <summary>The check of the change of key with this place, from 1, among those of the anchor.</summary>
    public static string KeyChange(int number) => $"key change {number}";

    internal static string[] Of(ProofFileKind kind, int keyChanges) =>
    [
        WellFormed,
        Anchored,
        Genesis,
        .. Enumerable.Range(1, keyChanges).Select(KeyChange),
        Seal,
        .. Own(kind),
    ];

    private static string[] Own(ProofFileKind kind) => kind switch
    {
        ProofFileKind.Receipt => [OperationsRoot, TransactionsRoot, OutcomesRoot, Outcome],
        ProofFileKind.RecordProof => [StateRoot, Records, Existence],
        ProofFileKind.Statement => [History, Touches, StatementChain, Operations, Expiries, StatementOrder],
        _ => [],
    };
}
