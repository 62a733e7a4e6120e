using Actors.Ledger.Accounts;
using Actors.Ledger.Aliases;
using Actors.Ledger.Assets;
using Actors.Ledger.Chains;
using Actors.Ledger.Hashing;
using Actors.Ledger.Keysets;
using Actors.Ledger.Notes;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Signing;
using Actors.Ledger.Transfers;
using Void = Actors.Ledger.Pendings.Void;

namespace Actors.Ledger.Tests.Oracle;

/// <summary>Random operations of one transaction: well formed, mostly sensible, sometimes not.</summary>
public sealed partial class WorkloadOperations(Random random, NaiveState state, ulong timeMs, IReadOnlyList<PublicKey> keys)
{
    private readonly List<CreatedKind> _created = [];

    public List<IOperation> Next(int count)
    {
        var operations = new List<IOperation>();
        while (operations.Count < count)
        {
            if (Chance(12))
            {
                Group(operations);
                continue;
            }

            var operation = One();
            operations.Add(Chance(12) && operations.Count < count - 1 ? operation.Linked() : operation);
        }

        return operations;
    }

    private IOperation One() => random.Next(108) switch
    {
        < 38 => Transfer(),
        < 54 => Creating(CreatedKind.Pending, Pending(Timeout(), Chance(30) ? Keyset() : null)),
        < 64 => new Post(Pending(), Chance(30) ? Amount() : null),
        < 69 => new Void(Pending()),
        < 72 => Creating(CreatedKind.Keyset, new OpenKeyset(Definition())),
        < 74 => new ChangeKeyset(Keyset(), Definition()),
        < 75 => Creating(CreatedKind.Asset, new CreateAsset(Keyset(), 2, $"A{random.Next(40)}", Chance(30))),
        < 80 => Creating(CreatedKind.Accounts, Open()),
        < 82 => new SetFloor(Account(), Chance(20) ? AccountLimits.NoFloor : random.Next(-300, 50)),
        < 84 => new SetCeiling(Account(), Chance(40) ? AccountLimits.NoCeiling : random.Next(-20, 2_000)),
        < 89 => new Freeze(Account(), Unfreeze: Chance(80)),
        < 91 => new Close(Account()),
        < 93 => new Note(Keyset(), Hash256.Zero, new byte[random.Next(4)]),
        < 95 => new SetAlias(Account(), $"n{random.Next(30)}"),
        < 96 => new ChangeOperator(Keyset()),
        < 97 => new ChangeSealingKey(keys[0], timeMs / 3 % 2 == 0 ? new LostBlocks((timeMs % 150) + 1, 3, Hash256.Zero) : null),
        _ => OverChannels(),
    };

    private void Group(List<IOperation> operations)
    {
        var (timeout, decider) = (Timeout(), Chance(60) ? Keyset() : (EntityReference?)null);
        var size = random.Next(2, 5);
        for (var i = 0; i < size; i++)
        {
            var pending = Creating(CreatedKind.Pending, Pending(Chance(3) ? Timeout() : timeout, decider));
            operations.Add(i < size - 1 ? pending.Linked() : pending);
        }
    }

    private Transfer Transfer()
    {
        var debit = Account();
        var reference = Chance(20) ? new Reference("invoice 7"u8) : default;
        return new Transfer(debit, Chance(90) ? AccountLike(debit) : Account(), Amount(), reference);
    }

    private Pending Pending(Timestamp timeout, EntityReference? decider)
    {
        var debit = Account();
        return new Pending(debit, Chance(95) ? AccountLike(debit) : Account(), Amount(), timeout, decider);
    }

    private OpenAccounts Open()
    {
        var floor = Chance(70) ? 0 : Chance(40) ? AccountLimits.NoFloor : random.Next(-500, 0);
        var ceiling = Chance(80) ? AccountLimits.NoCeiling : random.Next(1, 5_000);
        return new OpenAccounts(Keyset(), Asset(), (ulong)random.Next(1, 5), floor, ceiling);
    }

    private KeysetDefinition Definition()
    {
        var members = Enumerable.Range(0, Chance(70) ? 1 : random.Next(2, 6)).Select(_ => keys[random.Next(keys.Count)]).Distinct()
            .Select(key => new WeightedKey(key, (byte)random.Next(1, 4))).ToList();
        return new KeysetDefinition(random.Next(1, members.Sum(member => member.Weight) + 1), members);
    }

    private EntityReference Keyset() => Entity(CreatedKind.Keyset, state.Keysets.Count);

    private EntityReference Asset() => Entity(CreatedKind.Asset, state.Assets.Count);

    private EntityReference Pending()
    {
        var open = state.Pendings.Count == 0 || Chance(10) ? 0 : state.Pendings.Where(entry => entry.Value.Standing == "open")
            .Select(entry => Chance(85) ? entry.Value.First : entry.Key).Order().Skip(random.Next(4)).FirstOrDefault();
        return open > 0 && Chance(70) ? EntityReference.Numbered(open) : Entity(CreatedKind.Pending, state.Pendings.Count);
    }

    private EntityReference Entity(CreatedKind kind, int count)
    {
        var created = Created(kind);
        return created >= 0 ? EntityReference.Created(created) : EntityReference.Numbered((ulong)random.Next(1, count + (Chance(8) ? 3 : 1)) is var number && number > 0 ? number : 1);
    }

    private AccountReference Account()
    {
        var created = Created(CreatedKind.Accounts);
        return created >= 0
            ? AccountReference.Created(created, (ulong)random.Next(Chance(10) ? 6 : 1))
            : AccountReference.Numbered(new AccountNumber((ulong)random.Next(1, Math.Max(2, state.Accounts.Count + (Chance(4) ? 3 : 1)))));
    }

    /// <summary>Mostly one of the same asset.</summary>
    private AccountReference AccountLike(in AccountReference other)
    {
        if (other.IsCreated || !state.Accounts.TryGetValue(other.Value, out var account))
        {
            return Account();
        }

        for (var tries = 0; tries < 10; tries++)
        {
            var number = (ulong)random.Next(1, state.Accounts.Count + 1);
            if (number != other.Value && state.Accounts[number].Asset == account.Asset)
            {
                return AccountReference.Numbered(new AccountNumber(number));
            }
        }

        return Account();
    }

    private int Created(CreatedKind kind) => _created.Contains(kind) && Chance(40) ? _created.LastIndexOf(kind) : -1;

    private long Amount() => random.Next(60) switch
    {
        0 => 0,
        1 => long.MaxValue,
        2 => long.MaxValue - random.Next(1_000),
        < 10 => random.Next(1, 100_000),
        _ => random.Next(1, 200),
    };

    private Timestamp Timeout() => new(Chance(3) ? timeMs - 1 : Chance(1) ? timeMs + Limits.PendingTimeoutMsMax + 1 : timeMs + (ulong)random.Next(1, 20_000));

    private bool Chance(int percent) => random.Next(100) < percent;

    /// <summary>The references of the operation were chosen before: nothing names itself.</summary>
    private IOperation Creating(CreatedKind kind, IOperation operation)
    {
        _created.Add(kind);
        return operation;
    }
}
