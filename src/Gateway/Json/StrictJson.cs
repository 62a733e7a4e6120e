using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Actors.Gateway.Json.Operations;

namespace Actors.Gateway.Json;

/// <summary>
/// How the gateway reads and writes JSON: an unknown member, a member given twice, a null where there must be a value, a number
/// where a string belongs or too deep a nesting is refused, never guessed at. Two readers of one signed
/// intent must not see two things.
/// </summary>
internal static class StrictJson
{
    public const int DepthMax = 16;

    public static readonly JsonSerializerOptions Options = Create();

    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.DictionaryKeyPolicy = null;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.AllowOutOfOrderMetadataProperties = true;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.MaxDepth = DepthMax;

        // Answers are never part of a page, so quotes in sentences may stay quotes.
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { OperationJsonTypes.Register } };
        foreach (var form in TextForms.All)
        {
            options.Converters.Add(form.ToConverter());
        }
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.MakeReadOnly();
        return options;
    }
}
