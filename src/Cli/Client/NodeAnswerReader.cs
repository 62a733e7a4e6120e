using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Ledger.Transactions;

namespace Actors.Cli.Client;

/// <summary>Turns a node's responses into values and its problem details (RFC 9457) into exceptions.</summary>
internal static class NodeAnswerReader
{
    private const string ProblemPrefix = "urn:actors:problem:";

    public static async Task<Answered<T>> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellation)
    {
        var json = await ReadObjectAsync(response, cancellation)
            ?? throw new CannotRunException($"the node answered {(int)response.StatusCode} with something that is not a JSON object; is this an Actors node?");
        return response.IsSuccessStatusCode ? Decode<T>(json) : throw Problem(response, json);
    }

    public static async Task<byte[]> ReadBytesAsync(HttpResponseMessage response, CancellationToken cancellation) => response.IsSuccessStatusCode
        ? await response.Content.ReadAsByteArrayAsync(cancellation)
        : throw Problem(response, await ReadObjectAsync(response, cancellation));

    /// <summary>Like <see cref="ReadAsync"/>, but a refusal that the ledger recorded is an answer, not an exception.</summary>
    public static async Task<Answered<TransactionAnswer>> ReadTransactionAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var json = await ReadObjectAsync(response, cancellation);
        return json is not null && (response.IsSuccessStatusCode || IsTrue(json["recorded"]))
            ? Decode<TransactionAnswer>(json)
            : throw Problem(response, json);
    }

    private static Answered<T> Decode<T>(JsonObject json)
    {
        try
        {
            return new Answered<T>(json.Deserialize<T>(NodeJson.Options)!, json);
        }
        catch (JsonException fault)
        {
            throw new CannotRunException($"the node's answer is not what this version of actors expects: {fault.Message}", fault);
        }
    }

    private static Exception Problem(HttpResponseMessage response, JsonObject? json)
    {
        var detail = Text(json, "detail") ?? Text(json, "title") ?? response.ReasonPhrase ?? "no reason given";
        if (json?["outcome"] is JsonValue number && number.TryGetValue<ushort>(out var outcome))
        {
            return new RefusedException((Outcome)outcome, detail, Text(json, "id"));
        }

        var type = Text(json, "type") is { } name && name.StartsWith(ProblemPrefix, StringComparison.Ordinal) ? name[ProblemPrefix.Length..] : "no-problem-details";
        return new NodeProblemException(response.StatusCode, type, detail, RetryAfterOf(response), Text(json, "id"));
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response) =>
        response.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - DateTimeOffset.UtcNow
        : response.StatusCode == HttpStatusCode.TooManyRequests ? TimeSpan.FromSeconds(1)
        : null;

    private static async Task<JsonObject?> ReadObjectAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentType?.MediaType is not ("application/json" or "application/problem+json"))
        {
            return null;
        }

        try
        {
            return await response.Content.ReadFromJsonAsync<JsonNode>(cancellation) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonObject? json, string name) => json?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static bool IsTrue(JsonNode? node) => node is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;
}
