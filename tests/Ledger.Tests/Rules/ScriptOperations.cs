using System.Globalization;
using Actors.Ledger.Accounts;
using Actors.Ledger.Aliases;
using Actors.Ledger.Assets;
using Actors.Ledger.Chains;
using Actors.Ledger.Hashing;
using Actors.Ledger.Keysets;
using Actors.Ledger.Notes;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Transfers;
using Void = Actors.Ledger.Pendings.Void;

namespace Actors.Ledger.Tests.Rules;

/// <summary>
/// Reads operations as a bookkeeper would write them: <c>transfer a b 100; close a</c>. Operations are parted by <c>;</c>, or by
/// <c>&amp;</c> where the one before is linked to the one after.
/// </summary>
internal sealed class ScriptOperations(Names names, ulong nowMs)
{
    public IOperation[] Read(string text)
    {
        names.BeginTransaction();
        var operations = new List<IOperation>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOfAny([';', '&'], start) is var at and >= 0 ? at : text.Length;
            var words = text[start..end].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            operations.Add(Operation(words, linked: end < text.Length && text[end] == '&'));
            start = end + 1;
        }

        return [.. operations];
    }

    private IOperation Operation(string[] words, bool linked) => words switch
    {
        ["keyset", var name, var keys] => Creating(name, new OpenKeyset(Names.Keyset(keys), linked)),
        ["change-keyset", var name, var keys] => new ChangeKeyset(names.Entity(name), Names.Keyset(keys), linked),
        ["asset", var code, var issuer, .. var options] =>
            Creating(code, new CreateAsset(names.Entity(issuer), 2, code, options.Contains("restricted"), linked)),
        ["open", var name, var owner, var asset, .. var options] =>
            Creating(name, new OpenAccounts(names.Entity(owner), names.Entity(asset), Count(options), Floor(options), Ceiling(options), linked)),
        ["transfer", var debit, var credit, var amount] =>
            new Transfer(names.Account(debit), names.Account(credit), Amount(amount), default, linked),
        ["pending", var name, var debit, var credit, var amount, var timeout, .. var options] =>
            Creating(name, new Pending(names.Account(debit), names.Account(credit), Amount(amount), Time(timeout), Decider(options), default, linked)),
        ["post", var pending, .. var part] => new Post(names.Entity(pending), part is [var amount] ? Amount(amount) : null, linked),
        ["void", var pending] => new Void(names.Entity(pending), linked),
        ["floor", var account, var floor] => new SetFloor(names.Account(account), floor == "none" ? AccountLimits.NoFloor : Amount(floor), linked),
        ["ceiling", var account, var ceiling] => new SetCeiling(names.Account(account), ceiling == "none" ? AccountLimits.NoCeiling : Amount(ceiling), linked),
        ["freeze", var account] => new Freeze(names.Account(account), Unfreeze: false, linked),
        ["thaw", var account] => new Freeze(names.Account(account), Unfreeze: true, linked),
        ["close", var account] => new Close(names.Account(account), linked),
        ["note", var author, .. var payload] => new Note(names.Entity(author), Hash256.Zero, new byte[payload.Length], linked),
        ["sealing-key", var key] => new ChangeSealingKey(Names.Key(key).Public, Linked: linked),
        ["sealing-key", var key, "lost", var first, var count] => new ChangeSealingKey(Names.Key(key).Public, new LostBlocks(ulong.Parse(first), uint.Parse(count), Hash256.Zero), linked),
        ["operator", var keyset] => new ChangeOperator(names.Entity(keyset), linked),
        ["alias", var account, var alias] => new SetAlias(names.Account(account), alias, linked),
        _ => throw new FormatException($"'{string.Join(' ', words)}' is no operation"),
    };

    /// <summary>The references above are read before the name exists: nothing can name itself.</summary>
    private IOperation Creating(string name, IOperation operation)
    {
        names.Create(name);
        return operation;
    }

    private EntityReference? Decider(string[] options) => options is ["by", var keyset] ? names.Entity(keyset) : null;

    private static ulong Count(string[] options) => Option(options, "count=") is { } count ? (ulong)Amount(count) : 1;

    private static long Floor(string[] options) =>
        options.Contains("nofloor") ? AccountLimits.NoFloor : Option(options, "floor=") is { } floor ? Amount(floor) : 0;

    private static long Ceiling(string[] options) => Option(options, "ceiling=") is { } ceiling ? Amount(ceiling) : AccountLimits.NoCeiling;

    private static string? Option(string[] options, string name) => Array.Find(options, option => option.StartsWith(name))?[name.Length..];

    private static long Amount(string text) => text switch
    {
        "max" => long.MaxValue,
        "max-1" => long.MaxValue - 1,
        "min+1" => long.MinValue + 1,
        _ => long.Parse(text, CultureInfo.InvariantCulture),
    };

    /// <summary><c>+500</c> is 500 ms from now.</summary>
    private Timestamp Time(string text) => new((ulong)((long)nowMs + Amount(text)));
}
