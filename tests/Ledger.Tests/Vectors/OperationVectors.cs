using System.Text;
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

namespace Actors.Ledger.Tests.Vectors;

/// <summary>An operation and its fields in words of its own, so that the vector does not repeat the code that it pins.</summary>
internal sealed record OperationVector(string Name, object Fields, IOperation Operation);

internal static class OperationVectors
{
    private static readonly FixedKey One = FixedKey.Named("one");
    private static readonly FixedKey Two = FixedKey.Named("two");
    private static readonly KeysetDefinition Both = new(200, [new WeightedKey(One.Public, 100), new WeightedKey(Two.Public, 150)]);
    private static readonly Timestamp Timeout = new(1_800_000_060_000);
    private static readonly byte[] Order = Encoding.ASCII.GetBytes("order 17");
    private static readonly byte[] Longest = Encoding.ASCII.GetBytes("0123456789abcdef");

    public static IReadOnlyList<OperationVector> All { get; } = [.. Tables(), .. Movements(), .. Settings(), .. ChannelOperationVectors.All];

    public static object Keyset(KeysetDefinition keyset) => new
    {
        threshold = keyset.Threshold,
        keys = keyset.Keys.Select(key => new { weight = key.Weight, key = key.Key.ToString() }),
    };

    public static EntityReference Numbered(ulong number) => EntityReference.Numbered(number);

    public static AccountReference Account(ulong number) => AccountReference.Numbered(new AccountNumber(number));

    private static object Number(string number) => new { number };

    private static object Created(string created) => new { created };

    private static object Created(string created, string offset) => new { created, offset };

    private static IEnumerable<OperationVector> Tables() =>
    [
        new("open keyset, one key", new { type = 1, keyset = Keyset(One.Keyset) }, new OpenKeyset(One.Keyset)),
        new("open keyset, two keys, linked", new { type = 1, linked = true, keyset = Keyset(Both) }, new OpenKeyset(Both, Linked: true)),
        new("change keyset", new { type = 2, target = Number("9"), keyset = Keyset(Both) }, new ChangeKeyset(Numbered(9), Both)),
        new("create asset", new { type = 3, issuer = Number("1"), scale = 2, code = "EUR" }, new CreateAsset(Numbered(1), 2, "EUR")),
        new("create asset, restricted", new { type = 3, restricted = true, issuer = Number("4294967294"), scale = 9, code = "X.Y_Z-0123456789" }, new CreateAsset(Numbered(4_294_967_294), 9, "X.Y_Z-0123456789", Restricted: true)),
        new("open accounts", new { type = 4, owner = Number("2"), asset = Number("1"), count = 10 }, new OpenAccounts(Numbered(2), Numbered(1), 10)),
        new("open accounts with limits", new { type = 4, owner = Number("2"), asset = Number("1"), count = 1_000_000_000, floor = "-500", ceiling = "100000" }, new OpenAccounts(Numbered(2), Numbered(1), 1_000_000_000, -500, 100_000)),
        new("open accounts, no floor", new { type = 4, noFloor = true, owner = Number("1"), asset = Number("7"), count = 1 }, new OpenAccounts(Numbered(1), Numbered(7), 1, AccountLimits.NoFloor)),
    ];

    private static IEnumerable<OperationVector> Movements() =>
    [
        new("transfer", new { type = 5, debit = Number("1"), credit = Number("2"), amount = "250" }, new Transfer(Account(1), Account(2), 250)),
        new("transfer, largest numbers", new { type = 5, linked = true, debit = Number("68719476736"), credit = Number("300"), amount = "9223372036854775807", reference = Longest.Hex() }, new Transfer(Account(Limits.AccountsMax), Account(300), long.MaxValue, new Reference(Longest), Linked: true)),
        new("transfer of nothing", new { type = 5, debit = Number("1"), credit = Number("1"), amount = "0" }, new Transfer(Account(1), Account(1), 0)),
        new("pending transfer", new { type = 6, debit = Number("1"), credit = Number("2"), amount = "40", timeoutMs = Timeout.Ms }, new Pending(Account(1), Account(2), 40, Timeout)),
        new("pending transfer, decider and reference", new { type = 6, linked = true, debit = Number("1"), credit = Number("2"), amount = "40", timeoutMs = Timeout.Ms, decider = Number("3"), reference = Order.Hex() }, new Pending(Account(1), Account(2), 40, Timeout, Numbered(3), new Reference(Order), Linked: true)),
        new("post", new { type = 7, pending = Number("5") }, new Post(Numbered(5))),
        new("post a part", new { type = 7, pending = Number("5"), amount = "30" }, new Post(Numbered(5), 30)),
        new("void", new { type = 8, pending = Number("6") }, new Pendings.Void(Numbered(6))),
    ];

    private static IEnumerable<OperationVector> Settings() =>
    [
        new("set floor", new { type = 9, account = Number("2"), floor = "-1000" }, new SetFloor(Account(2), -1_000)),
        new("set floor, none", new { type = 9, account = Number("2") }, new SetFloor(Account(2), AccountLimits.NoFloor)),
        new("set ceiling", new { type = 10, account = Number("2"), ceiling = "5000" }, new SetCeiling(Account(2), 5_000)),
        new("set ceiling, none", new { type = 10, account = Number("2") }, new SetCeiling(Account(2), AccountLimits.NoCeiling)),
        new("freeze", new { type = 11, account = Number("2") }, new Freeze(Account(2))),
        new("unfreeze", new { type = 11, unfreeze = true, account = Number("2") }, new Freeze(Account(2), Unfreeze: true)),
        new("close", new { type = 12, account = Number("2") }, new Close(Account(2))),
        new("note", new { type = 13, author = Number("2"), hash = Sha256.Of(Order).ToString(), payload = Order.Hex() }, new Note(Numbered(2), Sha256.Of(Order), Order)),
        new("note without payload", new { type = 13, author = Number("2"), hash = Hash256.Zero.ToString(), payload = "" }, new Note(Numbered(2), Hash256.Zero, default)),
        new("change sealing key", new { type = 14, key = Two.Public.ToString() }, new ChangeSealingKey(Two.Public)),
        new("change sealing key after a loss", new { type = 14, key = Two.Public.ToString(), lostFirst = "7", lostCount = "300", lostHeader = Sha256.Of(Order).ToString() }, new ChangeSealingKey(Two.Public, new LostBlocks(7, 300, Sha256.Of(Order)))),
        new("change operator", new { type = 15, @operator = Number("2") }, new ChangeOperator(Numbered(2))),
        new("set alias", new { type = 16, account = Number("2"), alias = "rent.2030" }, new SetAlias(Account(2), "rent.2030")),
    ];

    /// <summary>A whole transaction's operations, which name what earlier ones create.</summary>
    public static IReadOnlyList<OperationVector> Referring { get; } =
    [
        new("keyset 0", new { type = 1, keyset = Keyset(One.Keyset) }, new OpenKeyset(One.Keyset)),
        new("asset 1", new { type = 3, issuer = Created("0"), scale = 0, code = "CUP" }, new CreateAsset(EntityReference.Created(0), 0, "CUP")),
        new("accounts 2", new { type = 4, owner = Created("0"), asset = Created("1"), count = 3, floor = "-9" }, new OpenAccounts(EntityReference.Created(0), EntityReference.Created(1), 3, -9)),
        new("pending 3", new { type = 6, debit = Created("2", "0"), credit = Created("2", "2"), amount = "4", timeoutMs = Timeout.Ms, decider = Created("0") }, new Pending(AccountReference.Created(2), AccountReference.Created(2, 2), 4, Timeout, EntityReference.Created(0))),
        new("post it", new { type = 7, pending = Created("3") }, new Post(EntityReference.Created(3))),
        new("an account past the range", new { type = 12, account = Created("2", "999999999") }, new Close(AccountReference.Created(2, 999_999_999))),
    ];
}
