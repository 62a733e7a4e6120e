using System.Text.Encodings.Web;
using System.Text.Json;

namespace Actors.Ledger.Tests.Vectors;

/// <summary>The committed golden vectors. A test makes them anew and compares; with ACTORS_UPDATE_VECTORS=1 it writes them.</summary>
internal static class VectorFile
{
    private const string Update = "ACTORS_UPDATE_VECTORS";

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    public static void Pins(string name, object vectors)
    {
        var path = Path.Combine(RepositoryRoot.Path, "docs", "vectors", name + ".json");
        var made = JsonSerializer.Serialize(vectors, Options) + "\n";
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            File.WriteAllText(path, made);
        }

        Assert.True(File.Exists(path), $"expected docs/vectors/{name}.json; {Update}=1 writes it");
        Assert.True(File.ReadAllText(path) == made, $"docs/vectors/{name}.json is not what the code makes. If the format was changed on purpose, {Update}=1 writes it anew.");
    }

    public static string Hex(this byte[] bytes) => Convert.ToHexStringLower(bytes);

    public static string Hex(this ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    public static string Hex(this ReadOnlyMemory<byte> bytes) => bytes.Span.Hex();
}
