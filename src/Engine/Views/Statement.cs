using Actors.Ledger;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Views;

/// <summary>Which part of an account's history to give: newest first, at most <see cref="EntriesMax"/> entries.</summary>
public sealed record StatementQuery
{
    public const int EntriesPerPageMax = 200;

    /// <summary>1 to <see cref="EntriesPerPageMax"/> blocks that touched the account.</summary>
    public int EntriesMax { get; init; } = 50;

    /// <summary>Go on from here: <see cref="StatementPage.Next"/> of the page before.</summary>
    public Height? Before { get; init; }

    /// <summary>Blocks at or after this time.</summary>
    public Timestamp? From { get; init; }

    /// <summary>Blocks before this time.</summary>
    public Timestamp? Until { get; init; }
}

/// <summary>Entries newest first; <see cref="Next"/> is null when the account's first touch (or From) was reached.</summary>
public sealed record StatementPage(AccountView Account, IReadOnlyList<StatementEntry> Entries, Height? Next);

/// <summary>What one block did to the account.</summary>
public sealed record StatementEntry(Height Height, Timestamp Time, IReadOnlyList<StatementLine> Lines);

/// <summary>
/// One operation, or one expiry (Transaction null), that touched the account. Change is what it added to posted (minor units); Operation
/// is decoded when it names the account itself.
/// </summary>
public sealed record StatementLine(TransactionId? Transaction, int OperationIndex, IOperation? Operation, Settlement? Settlement, long PostedChange);

/// <summary>An inclusion path of header hash <paramref name="Height"/> in the history root of header <paramref name="Size"/>.</summary>
public sealed record HistoryProof(Height Height, Height Size, Hash256 HeaderHash, Hash256 HistoryRoot, IReadOnlyList<Hash256> Path);
