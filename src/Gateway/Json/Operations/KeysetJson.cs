using Actors.Ledger;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;

namespace Actors.Gateway.Json.Operations;

internal readonly record struct WeightedKeyJson(PublicKey Key, byte Weight);

/// <summary>Keys with weights, and the weight that must sign together.</summary>
internal sealed record KeysetJson(int Threshold, IReadOnlyList<WeightedKeyJson> Keys)
{
    public static KeysetJson From(KeysetDefinition keyset) => new(keyset.Threshold, KeysOf(keyset));

    /// <exception cref="Ledger.Wire.MalformedException">Count, weights, threshold or distinctness are wrong.</exception>
    public KeysetDefinition ToDefinition() => Definition(Threshold, Keys);

    internal static KeysetDefinition Definition(int threshold, IReadOnlyList<WeightedKeyJson> keys) =>
        new(threshold, [.. keys.Take(Limits.KeysPerKeysetMax + 1).Select(k => new WeightedKey(k.Key, k.Weight))]);

    internal static WeightedKeyJson[] KeysOf(KeysetDefinition keyset) => [.. keyset.Keys.Select(k => new WeightedKeyJson(k.Key, k.Weight))];
}

internal sealed record OpenKeysetJson(int Threshold, IReadOnlyList<WeightedKeyJson> Keys) : OperationJson
{
    public static OpenKeysetJson From(OpenKeyset operation) => new(operation.Keyset.Threshold, KeysetJson.KeysOf(operation.Keyset)) { Linked = operation.Linked };

    internal override IOperation ToOperation(ChainId chain) => new OpenKeyset(KeysetJson.Definition(Threshold, Keys), Linked);
}

internal sealed record ChangeKeysetJson(EntityReference Keyset, int Threshold, IReadOnlyList<WeightedKeyJson> Keys) : OperationJson
{
    public static ChangeKeysetJson From(ChangeKeyset operation) =>
        new(operation.Keyset, operation.Definition.Threshold, KeysetJson.KeysOf(operation.Definition)) { Linked = operation.Linked };

    internal override IOperation ToOperation(ChainId chain) => new ChangeKeyset(Keyset, KeysetJson.Definition(Threshold, Keys), Linked);
}
