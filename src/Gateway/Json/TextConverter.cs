using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Gateway.Json;

/// <summary>A value that JSON carries as a string of one form; anything else, a JSON number included, is refused and says what was expected.</summary>
internal sealed class TextConverter<T>(TextForm<T> form) : JsonConverter<T> where T : struct
{
    private const int ShownCharactersMax = 80;

    public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException($"expected {form.Expected} as a JSON string, found {reader.TokenType}");
        }

        var text = reader.GetString()!;
        return form.Read(text) ?? throw new JsonException($"expected {form.Expected}, found '{Shown(text)}'");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(form.Format(value));

    private static string Shown(string text) => text.Length <= ShownCharactersMax ? text : text[..ShownCharactersMax] + "...";
}
