using System.Text.Json;
using System.Text.RegularExpressions;
using Actors.Gateway.Hosting;
using Actors.Gateway.Problems;
using Actors.Gateway.Transactions;
using Actors.Ledger.Transactions;

namespace Actors.Gateway.Json;

/// <summary>Reads a bounded JSON body strictly; whatever is wrong with it is told with its place.</summary>
internal static partial class JsonBody
{
    /// <summary>What JSON of so many bytes may take once it is objects, at most about.</summary>
    private const int ExpansionMax = 8;

    /// <exception cref="RefusedException">Not JSON by content type or form, too large, or overloaded.</exception>
    public static async ValueTask<T> ReadAsync<T>(HttpContext context, InFlightLimits limits)
    {
        if (!Accepts.Is(context.Request, Accepts.Json))
        {
            throw new RefusedException(ProblemKind.UnsupportedMediaType, $"the content type is '{context.Request.ContentType}', expected {Accepts.Json}");
        }

        using var lease = limits.IntakeBytes.Take(RequestBody.BytesToTake(context.Request, SubmissionLimits.JsonBytesMax) * ExpansionMax);
        return Parse<T>(await RequestBody.ReadAsync(context, SubmissionLimits.JsonBytesMax));
    }

    /// <exception cref="RefusedException">Malformed.</exception>
    public static T Parse<T>(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json.Span, StrictJson.Options) ?? throw new RefusedException(Outcome.Malformed, "the JSON is null, expected an object");
        }
        catch (JsonException e)
        {
            throw new RefusedException(Outcome.Malformed, e.Path is { } path ? $"{path}: {Plain(e.Message)}" : Plain(e.Message));
        }
        catch (NotSupportedException e)
        {
            // How the serializer says that an operation's type is missing.
            throw new RefusedException(Outcome.Malformed, Plain(e.Message));
        }
    }

    /// <summary>The serializer's sentence without the names of our own types, and without the place, which stands before it.</summary>
    private static string Plain(string message) => OurNames().Replace(message.Split(" Path:")[0].Split(" The unsupported member type")[0], "");

    [GeneratedRegex(@",? (contained in|for|to|of|from|on|or)( the)?( interface or abstract)?( abstract)?( type)? '?(Actors|System)\.[^' ]*'?(?=[ ,.]|$)")]
    private static partial Regex OurNames();
}
