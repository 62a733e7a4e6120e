using System.Text.Json.Serialization;

namespace Actors.Gateway.Json;

/// <summary>How a type is written in JSON strings, paths and queries. <paramref name="Pattern"/> is what the OpenAPI description says of it.</summary>
internal abstract record TextForm(Type Type, string Expected, string Pattern)
{
    /// <summary>A word for each value of an enum.</summary>
    public static TextForm<T> Words<T>(string expected, params (string Word, T Value)[] words) where T : struct, Enum => new(
        expected,
        $"^({string.Join('|', words.Select(w => w.Word))})$",
        text => Array.Find(words, w => w.Word == text) is { Word: not null } found ? found.Value : null,
        value => Array.Find(words, w => w.Value.Equals(value)).Word ?? throw new ArgumentOutOfRangeException(nameof(value), value, "no word for this value"));

    public abstract JsonConverter ToConverter();
}

/// <param name="Expected">What a wrong value is told it should have been.</param>
/// <param name="Pattern">An ECMA 262 regular expression.</param>
/// <param name="Read">Null when the text is not of the form.</param>
/// <param name="Format">The one text that the gateway writes.</param>
internal sealed record TextForm<T>(string Expected, string Pattern, Func<string, T?> Read, Func<T, string> Format)
    : TextForm(typeof(T), Expected, Pattern) where T : struct
{
    public override JsonConverter ToConverter() => new TextConverter<T>(this);
}
