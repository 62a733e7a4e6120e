using Actors.Ledger.Accounts;
using Actors.Ledger.Aliases;
using Actors.Ledger.Assets;
using Actors.Ledger.Chains;
using Actors.Ledger.Channels.Deliveries;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Keysets;
using Actors.Ledger.Notes;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Transfers;
using Void = Actors.Ledger.Pendings.Void;

namespace Actors.Ledger.Tests.Oracle;

/// <summary>The same operation, linked to the next one.</summary>
public static class Linking
{
    public static IOperation Linked(this IOperation operation) => operation switch
    {
        OpenKeyset it => it with { Linked = true },
        ChangeKeyset it => it with { Linked = true },
        CreateAsset it => it with { Linked = true },
        OpenAccounts it => it with { Linked = true },
        Transfer it => it with { Linked = true },
        Pending it => it with { Linked = true },
        Post it => it with { Linked = true },
        Void it => it with { Linked = true },
        SetFloor it => it with { Linked = true },
        SetCeiling it => it with { Linked = true },
        Freeze it => it with { Linked = true },
        Close it => it with { Linked = true },
        Note it => it with { Linked = true },
        ChangeSealingKey it => it with { Linked = true },
        ChangeOperator it => it with { Linked = true },
        SetAlias it => it with { Linked = true },
        OpenPeer it => it with { Linked = true },
        OpenChannel it => it with { Linked = true },
        PauseChannel it => it with { Linked = true },
        AbandonChannel it => it with { Linked = true },
        OpenRoute it => it with { Linked = true },
        LimitRoute it => it with { Linked = true },
        ResumePeer it => it with { Linked = true },
        Send it => it with { Linked = true },
        SendMessage it => it with { Linked = true },
        PendingDelivery it => it with { Linked = true },
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "unknown"),
    };
}
