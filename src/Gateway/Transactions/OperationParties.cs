using Actors.Ledger.Accounts;
using Actors.Ledger.Aliases;
using Actors.Ledger.Assets;
using Actors.Ledger.Chains;
using Actors.Ledger.Channels.Deliveries;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Keysets;
using Actors.Ledger.Notes;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Transfers;

namespace Actors.Gateway.Transactions;

/// <summary>Which accounts and keysets an operation names: a line a type. One that is not here names nobody, so that it is seen by those who signed it only.</summary>
internal readonly record struct OperationParties(IReadOnlyList<AccountReference> Accounts, IReadOnlyList<EntityReference> Keysets)
{
    public static OperationParties Of(IOperation operation) => operation switch
    {
        ChangeKeyset o => new([], [o.Keyset]),
        CreateAsset o => new([], [o.Issuer]),
        OpenAccounts o => new([], [o.Owner]),
        Transfer o => new([o.Debit, o.Credit], []),
        Pending o => new([o.Debit, o.Credit], o.Decider is { } decider ? [decider] : []),
        SetFloor o => new([o.Account], []),
        SetCeiling o => new([o.Account], []),
        Freeze o => new([o.Account], []),
        Close o => new([o.Account], []),
        Note o => new([], [o.Author]),
        ChangeOperator o => new([], [o.Keyset]),
        SetAlias o => new([o.Account], []),
        Send o => new([o.Debit], []),
        SendMessage o => new([o.Sender], []),
        PendingDelivery o => new([o.Debit, o.Credit, o.Recipient], []),
        _ => new([], []),
    };
}
