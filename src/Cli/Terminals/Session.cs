using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Actors.Cli.Terminals;

/// <summary>One run of one command: what was typed, where answers go, and in which of the two forms (people, programs).</summary>
internal sealed class Session(ParseResult typed, Streams streams, bool json)
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public ParseResult Typed { get; } = typed;

    public bool Json { get; } = json;

    public Streams Streams { get; } = streams;

    /// <summary>Whether the one object on stdout is written.</summary>
    public bool HasAnswered { get; private set; }

    public T Get<T>(Option<T> option) => Typed.GetRequiredValue(option);

    public T Get<T>(Argument<T> argument) => Typed.GetRequiredValue(argument);

    public T? Find<T>(Option<T> option) => Typed.GetValue(option);

    public bool Has(Option option) => Typed.GetResult(option) is { Implicit: false };

    /// <summary>The answer: one JSON object on stdout, or lines for people.</summary>
    public void Answer(JsonObject answer, params IEnumerable<string> lines)
    {
        HasAnswered = true;
        if (Json)
        {
            Streams.Out.WriteLine(answer.ToJsonString(OneLine));
            return;
        }

        foreach (var line in lines)
        {
            Streams.Out.WriteLine(line);
        }
    }

    /// <summary>Something that a person should know and a program need not; never mixed into the answer.</summary>
    public void Notice(string line) => Streams.Error.WriteLine(line);
}
