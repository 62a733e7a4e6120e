using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;

namespace Actors.Engine.Views;

/// <summary>An account as of a height; amounts in minor units. Floor or ceiling null: none.</summary>
public sealed record AccountView(AccountNumber Number, KeysetNumber Owner, AssetNumber Asset, Height AsOf)
{
    /// <summary>Credits minus debits.</summary>
    public required long Posted { get; init; }

    public required long PendingOut { get; init; }

    public required long PendingIn { get; init; }

    public required long? Floor { get; init; }

    public required long? Ceiling { get; init; }

    public required AccountFlags Flags { get; init; }

    /// <summary>The last block that touched it; 0 when none has.</summary>
    public required Height LastBlock { get; init; }
}

public sealed record KeysetView(KeysetNumber Number, KeysetDefinition Definition, Height ChangedAt, Height AsOf);

public sealed record AssetView(AssetNumber Number, string Code, int Scale, KeysetNumber Issuer, bool Restricted, Height CreatedAt, Height AsOf);

/// <summary>A pending. Only number and state Posted, Voided or Expired unknown (None) are left once its page was collapsed to a hash.</summary>
public sealed record PendingView(PendingNumber Number, PendingState State, Height AsOf)
{
    public AccountNumber Debit { get; init; }

    public AccountNumber Credit { get; init; }

    public long Amount { get; init; }

    public Timestamp Timeout { get; init; }

    public KeysetNumber Decider { get; init; }

    /// <summary>The first pending of its group, and how many they are; itself and 1 when it stands alone.</summary>
    public PendingNumber GroupFirst { get; init; }

    public int GroupSize { get; init; }

    public Reference Reference { get; init; }

    /// <summary>Finished, and nothing but that is kept.</summary>
    public bool IsCollapsed { get; init; }
}
