using System.Text.Json.Serialization;
using Actors.Engine.Views;
using Actors.Gateway.Json.Operations;
using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Transactions;

namespace Actors.Gateway.Accounts;

/// <summary>An account; amounts in minor units.</summary>
internal sealed record AccountJson(AccountNumber Number, Address Address, KeysetNumber Owner, AssetNumber Asset)
{
    /// <summary>Credits minus debits.</summary>
    public required long Posted { get; init; }

    public required long PendingOut { get; init; }

    public required long PendingIn { get; init; }

    /// <summary>Null: none.</summary>
    public required long? Floor { get; init; }

    /// <summary>Null: none.</summary>
    public required long? Ceiling { get; init; }

    public required bool Frozen { get; init; }

    public required bool Closed { get; init; }

    public required bool System { get; init; }

    /// <summary>The last block that touched it; 0 when none has.</summary>
    public required Height LastBlock { get; init; }

    public required Height AsOf { get; init; }

    public static AccountJson From(ChainId chain, AccountView view) => new(view.Number, new Address(chain, view.Number), view.Owner, view.Asset)
    {
        Posted = view.Posted,
        PendingOut = view.PendingOut,
        PendingIn = view.PendingIn,
        Floor = view.Floor,
        Ceiling = view.Ceiling,
        Frozen = view.Flags.HasFlag(AccountFlags.Frozen),
        Closed = view.Flags.HasFlag(AccountFlags.Closed),
        System = view.Flags.HasFlag(AccountFlags.System),
        LastBlock = view.LastBlock,
        AsOf = view.AsOf,
    };
}

/// <summary>A page of an account's movements, newest first.</summary>
internal sealed record StatementJson(AccountJson Account, IReadOnlyList<StatementEntryJson> Entries, Height? Next)
{
    public static StatementJson From(ChainId chain, StatementPage page) =>
        new(AccountJson.From(chain, page.Account), [.. page.Entries.Select(StatementEntryJson.From)], page.Next);
}

/// <summary>What one block did to the account.</summary>
internal sealed record StatementEntryJson(Height Height, Timestamp Time, IReadOnlyList<StatementLineJson> Lines)
{
    public static StatementEntryJson From(StatementEntry entry) => new(entry.Height, entry.Time, [.. entry.Lines.Select(StatementLineJson.From)]);
}

/// <summary>One operation, or one expiry, that touched the account.</summary>
internal sealed record StatementLineJson(long PostedChange)
{
    /// <summary>Left out for an expiry.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TransactionId? Transaction { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? OperationIndex { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OperationJson? Operation { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SettlementJson? Settlement { get; init; }

    public static StatementLineJson From(StatementLine line) => new(line.PostedChange)
    {
        Transaction = line.Transaction,
        OperationIndex = line.Transaction is null ? null : line.OperationIndex,
        Operation = line.Operation is null ? null : OperationJsonTypes.From(line.Operation),
        Settlement = line.Settlement is { } settlement ? SettlementJson.From(settlement) : null,
    };
}
