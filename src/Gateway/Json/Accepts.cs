using Microsoft.Net.Http.Headers;

namespace Actors.Gateway.Json;

/// <summary>Content negotiation, as little as there is: of two forms the one that Accept prefers.</summary>
internal static class Accepts
{
    public const string Json = "application/json";
    public const string Binary = "application/octet-stream";

    /// <summary>Whether <paramref name="other"/> is asked for rather than <paramref name="standard"/>; a wildcard or no header is for the standard.</summary>
    public static bool Prefers(HttpRequest request, string other, string standard)
    {
        double ofOther = 0, ofStandard = 0;
        foreach (var range in request.GetTypedHeaders().Accept)
        {
            var quality = range.Quality ?? 1;
            ofOther = range.MediaType.Equals(other, StringComparison.OrdinalIgnoreCase) ? Math.Max(ofOther, quality) : ofOther;
            ofStandard = range.MediaType.Equals(standard, StringComparison.OrdinalIgnoreCase) ? Math.Max(ofStandard, quality) : ofStandard;
        }

        return ofOther > ofStandard;
    }

    /// <summary>Whether the body is of this type, parameters aside.</summary>
    public static bool Is(HttpRequest request, string type) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var found) && found.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase);
}
