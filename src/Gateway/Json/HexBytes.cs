namespace Actors.Gateway.Json;

/// <summary>Bytes that JSON carries as lower-case hex.</summary>
internal readonly record struct HexBytes(ReadOnlyMemory<byte> Value)
{
    public static bool TryParse(string text, out HexBytes bytes)
    {
        var found = new byte[text.Length / 2];
        var parsed = Convert.FromHexString(text, found, out _, out _) == System.Buffers.OperationStatus.Done && text.Length % 2 == 0;
        bytes = new HexBytes(found);
        return parsed;
    }

    public bool Equals(HexBytes other) => Value.Span.SequenceEqual(other.Value.Span);

    public override int GetHashCode() => Value.Length;

    public override string ToString() => Convert.ToHexStringLower(Value.Span);
}
