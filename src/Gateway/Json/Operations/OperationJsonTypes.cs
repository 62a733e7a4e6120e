using System.Text.Json.Serialization.Metadata;
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
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Transfers;

namespace Actors.Gateway.Json.Operations;

/// <summary>The table of operation types in JSON. Adding one is a line here and a record beside it.</summary>
internal static class OperationJsonTypes
{
    private static readonly OperationJsonType[] Types =
    [
        Of<OpenKeyset, OpenKeysetJson>("open-keyset", OpenKeysetJson.From),
        Of<ChangeKeyset, ChangeKeysetJson>("change-keyset", ChangeKeysetJson.From),
        Of<CreateAsset, CreateAssetJson>("create-asset", CreateAssetJson.From),
        Of<OpenAccounts, OpenAccountsJson>("open-accounts", OpenAccountsJson.From),
        Of<Transfer, TransferJson>("transfer", TransferJson.From),
        Of<Pending, PendingJson>("pending", PendingJson.From),
        Of<Post, PostJson>("post", PostJson.From),
        Of<Ledger.Pendings.Void, VoidJson>("void", VoidJson.From),
        Of<SetFloor, SetFloorJson>("set-floor", SetFloorJson.From),
        Of<SetCeiling, SetCeilingJson>("set-ceiling", SetCeilingJson.From),
        Of<Freeze, FreezeJson>("freeze", FreezeJson.From),
        Of<Close, CloseJson>("close", CloseJson.From),
        Of<Note, NoteJson>("note", NoteJson.From),
        Of<ChangeSealingKey, ChangeSealingKeyJson>("change-sealing-key", ChangeSealingKeyJson.From),
        Of<ChangeOperator, ChangeOperatorJson>("change-operator", ChangeOperatorJson.From),
        Of<SetAlias, SetAliasJson>("set-alias", SetAliasJson.From),
        Of<OpenPeer, OpenPeerJson>("open-peer", OpenPeerJson.From),
        Of<ResumePeer, ResumePeerJson>("resume-peer", ResumePeerJson.From),
        Of<OpenChannel, OpenChannelJson>("open-channel", OpenChannelJson.From),
        Of<PauseChannel, PauseChannelJson>("pause-channel", PauseChannelJson.From),
        Of<AbandonChannel, AbandonChannelJson>("abandon-channel", AbandonChannelJson.From),
        Of<OpenRoute, OpenRouteJson>("open-route", OpenRouteJson.From),
        Of<LimitRoute, LimitRouteJson>("limit-route", LimitRouteJson.From),
        Of<Send, SendJson>("send", SendJson.From),
        Of<SendMessage, SendMessageJson>("send-message", SendMessageJson.From),
        Of<PendingDelivery, PendingDeliveryJson>("pending-delivery", PendingDeliveryJson.From),
        Of<UpdatePeer, UpdatePeerJson>("update-peer", UpdatePeerJson.From),
        Of<ConfirmChannel, ConfirmChannelJson>("confirm-channel", ConfirmChannelJson.From),
        Of<Receive, ReceiveJson>("receive", ReceiveJson.From),
        Of<Acknowledge, AcknowledgeJson>("acknowledge", AcknowledgeJson.From),
        Of<TimeOut, TimeOutJson>("time-out", TimeOutJson.From),
        Of<ReportEquivocation, ReportEquivocationJson>("report-equivocation", ReportEquivocationJson.From),
    ];

    /// <summary>Tells the serializer which record a `type` stands for.</summary>
    public static void Register(JsonTypeInfo info)
    {
        if (info.Type != typeof(OperationJson))
        {
            return;
        }

        info.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "type" };
        foreach (var type in Types)
        {
            info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(type.Json, type.Name));
        }
    }

    public static OperationJson From(IOperation operation) =>
        Array.Find(Types, t => t.Operation == operation.GetType())?.From(operation)
        ?? throw new ArgumentException($"operation type {operation.Type} has no JSON form", nameof(operation));

    private static OperationJsonType Of<TOperation, TJson>(string name, Func<TOperation, TJson> from)
        where TOperation : struct, IOperation
        where TJson : OperationJson => new(name, typeof(TOperation), typeof(TJson), operation => from((TOperation)operation));

    private sealed record OperationJsonType(string Name, Type Operation, Type Json, Func<IOperation, OperationJson> From);
}
