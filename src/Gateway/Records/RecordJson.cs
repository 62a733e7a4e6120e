using System.Text.Json.Serialization;
using Actors.Engine.Views;
using Actors.Gateway.Json;
using Actors.Gateway.Json.Operations;
using Actors.Ledger;
using Actors.Ledger.Pendings;

namespace Actors.Gateway.Records;

internal sealed record KeysetViewJson(KeysetNumber Number, int Threshold, IReadOnlyList<WeightedKeyJson> Keys, Height ChangedAt, Height AsOf)
{
    public static KeysetViewJson From(KeysetView view) =>
        new(view.Number, view.Definition.Threshold, KeysetJson.KeysOf(view.Definition), view.ChangedAt, view.AsOf);
}

internal sealed record AssetViewJson(AssetNumber Number, string Code, int Scale, KeysetNumber Issuer, bool Restricted, Height CreatedAt, Height AsOf)
{
    public static AssetViewJson From(AssetView view) =>
        new(view.Number, view.Code, view.Scale, view.Issuer, view.Restricted, view.CreatedAt, view.AsOf);
}

/// <summary>A pending; once its page is kept as a hash only, no more than that it is finished.</summary>
internal sealed record PendingViewJson(PendingNumber Number, PendingState State, Height AsOf)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AccountNumber? Debit { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AccountNumber? Credit { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Amount { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Timestamp? Timeout { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public KeysetNumber? Decider { get; init; }

    /// <summary>The first pending of its group; itself when it stands alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PendingNumber? GroupFirst { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? GroupSize { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HexBytes? Reference { get; init; }

    public static PendingViewJson From(PendingView view) => view.IsCollapsed ? new(view.Number, PendingState.None, view.AsOf) : new(view.Number, view.State, view.AsOf)
    {
        Debit = view.Debit,
        Credit = view.Credit,
        Amount = view.Amount,
        Timeout = view.Timeout,
        Decider = view.Decider,
        GroupFirst = view.GroupFirst,
        GroupSize = view.GroupSize,
        Reference = ReferenceJson.From(view.Reference),
    };
}
