using System.Collections.Concurrent;
using System.Globalization;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;

namespace Actors.Ledger.Tests.Rules;

/// <summary>
/// What the words of a script stand for: keys by name, and the numbers of what was created under a name. Inside a transaction a name
/// that it creates itself becomes a reference to the k-th created thing. <c>#12</c> is number 12, <c>a+3</c> the fourth of a range.
/// </summary>
internal sealed class Names
{
    private static readonly ConcurrentDictionary<string, Key> Keys = new();
    private readonly Dictionary<string, ulong> _numbers = [];
    private readonly List<string> _creating = [];
    private readonly Dictionary<string, int> _indexes = [];

    public static Key Key(string name) => Keys.GetOrAdd(name, _ => new Key());

    public ulong this[string name] => name.StartsWith('#') ? Number(name[1..]) : _numbers[name];

    public IReadOnlyList<string> Creating => _creating;

    public void Bind(string name, ulong number) => _numbers[name] = number;

    public void BeginTransaction()
    {
        _creating.Clear();
        _indexes.Clear();
    }

    public void Create(string name)
    {
        _indexes.TryAdd(name, _creating.Count);
        _creating.Add(name);
    }

    public EntityReference Entity(string name) => _indexes.TryGetValue(name, out var index)
        ? EntityReference.Created(index)
        : EntityReference.Numbered(this[name]);

    public AccountReference Account(string text)
    {
        var parts = text.Split('+');
        var offset = parts.Length > 1 ? Number(parts[1]) : 0;
        return _indexes.TryGetValue(parts[0], out var index)
            ? AccountReference.Created(index, offset)
            : AccountReference.Numbered(new AccountNumber(this[parts[0]] + offset));
    }

    /// <summary>Reads <c>k1:2,k2/3</c>: keys with weights (1 unless said) and the threshold (1 unless said).</summary>
    public static KeysetDefinition Keyset(string text)
    {
        var parts = text.Split('/');
        var keys = parts[0].Split(',').Select(key => key.Split(':')).Select(key =>
            new WeightedKey(Key(key[0]).Public, key.Length > 1 ? byte.Parse(key[1], CultureInfo.InvariantCulture) : (byte)1));
        return new KeysetDefinition(parts.Length > 1 ? (int)Number(parts[1]) : 1, [.. keys]);
    }

    private static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);
}
