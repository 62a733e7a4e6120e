using System.Text.Json.Nodes;
using Actors.Ledger.Keysets;

namespace Actors.Cli.Keysets;

/// <summary>A keyset as docs/http-api.md writes it.</summary>
internal static class KeysetJson
{
    public static JsonObject Of(KeysetDefinition keyset) => new()
    {
        ["threshold"] = (int)keyset.Threshold,
        ["keys"] = new JsonArray([.. keyset.Keys.Select(key => (JsonNode)new JsonObject { ["key"] = key.Key.ToString(), ["weight"] = (int)key.Weight })]),
    };
}
