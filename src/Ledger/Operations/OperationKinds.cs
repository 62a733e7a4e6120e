using Actors.Ledger.Accounts;
using Actors.Ledger.Aliases;
using Actors.Ledger.Assets;
using Actors.Ledger.Chains;
using Actors.Ledger.Channels.Deliveries;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Keysets;
using Actors.Ledger.Notes;
using Actors.Ledger.Pendings;
using Actors.Ledger.Transfers;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Operations;

/// <summary>The table of operation types. Adding one is a line here and a folder beside it.</summary>
internal static class OperationKinds
{
    private static readonly OperationKind?[] Kinds = ByType(
        new OpenKeysetKind(),
        new ChangeKeysetKind(),
        new CreateAssetKind(),
        new OpenAccountsKind(),
        new TransferKind(),
        new PendingKind(),
        new PostKind(),
        new VoidKind(),
        new SetFloorKind(),
        new SetCeilingKind(),
        new FreezeKind(),
        new CloseKind(),
        new NoteKind(),
        new ChangeSealingKeyKind(),
        new ChangeOperatorKind(),
        new SetAliasKind(),
        new OpenPeerKind(),
        new ResumePeerKind(),
        new OpenChannelKind(),
        new PauseChannelKind(),
        new AbandonChannelKind(),
        new OpenRouteKind(),
        new LimitRouteKind(),
        new SendKind(),
        new SendMessageKind(),
        new PendingDeliveryKind(),
        new UpdatePeerKind(),
        new ConfirmChannelKind(),
        new ReceiveKind(),
        new AcknowledgeKind(),
        new TimeOutKind(),
        new ReportEquivocationKind());

    /// <summary>Reads type and flags; throws for a type that this version does not know.</summary>
    public static OperationKind Next(ref WireReader reader, out OperationFlags flags)
    {
        var type = reader.U8();
        flags = new OperationFlags(reader.U8());
        return Kinds[type] ?? throw new MalformedException($"operation type {type} is unknown");
    }

    public static OperationKind Of(OperationType type) =>
        Kinds[(byte)type] ?? throw new ArgumentOutOfRangeException(nameof(type), type, "no such operation type");

    private static OperationKind?[] ByType(params ReadOnlySpan<OperationKind> kinds)
    {
        var table = new OperationKind?[256];
        foreach (var kind in kinds)
        {
            table[(byte)kind.Type] = kind;
        }

        return table;
    }
}
