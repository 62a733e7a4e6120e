using System.Text.Json.Serialization;
using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Gateway.Json.Operations;

/// <summary>Floors and ceilings in JSON: null is none. The two extremes of 64 bits mean none in the format, so they are no values.</summary>
internal static class LimitJson
{
    public static long ToFloor(long? floor) => floor switch
    {
        null => AccountLimits.NoFloor,
        AccountLimits.NoFloor => throw new MalformedException("no floor is written as null, not as -2^63"),
        { } value => value,
    };

    public static long ToCeiling(long? ceiling) => ceiling switch
    {
        null => AccountLimits.NoCeiling,
        AccountLimits.NoCeiling => throw new MalformedException("no ceiling is written as null, not as 2^63-1"),
        { } value => value,
    };

    public static long? FromFloor(long floor) => floor == AccountLimits.NoFloor ? null : floor;

    public static long? FromCeiling(long ceiling) => ceiling == AccountLimits.NoCeiling ? null : ceiling;
}

internal sealed record OpenAccountsJson(EntityReference Owner, EntityReference Asset) : OperationJson
{
    public ulong Count { get; init; } = 1;

    public long? Floor { get; init; } = 0;

    public long? Ceiling { get; init; }

    public static OpenAccountsJson From(OpenAccounts operation) => new(operation.Owner, operation.Asset)
    {
        Count = operation.Count,
        Floor = LimitJson.FromFloor(operation.Floor),
        Ceiling = LimitJson.FromCeiling(operation.Ceiling),
        Linked = operation.Linked,
    };

    internal override IOperation ToOperation(ChainId chain) => new OpenAccounts(Owner, Asset, Count, LimitJson.ToFloor(Floor), LimitJson.ToCeiling(Ceiling), Linked);
}

internal sealed record SetFloorJson(AccountText Account, [property: JsonRequired] long? Floor) : OperationJson
{
    public static SetFloorJson From(SetFloor operation) => new(new AccountText(operation.Account), LimitJson.FromFloor(operation.Floor)) { Linked = operation.Linked };

    internal override IOperation ToOperation(ChainId chain) => new SetFloor(Account.On(chain), LimitJson.ToFloor(Floor), Linked);
}

internal sealed record SetCeilingJson(AccountText Account, [property: JsonRequired] long? Ceiling) : OperationJson
{
    public static SetCeilingJson From(SetCeiling operation) => new(new AccountText(operation.Account), LimitJson.FromCeiling(operation.Ceiling)) { Linked = operation.Linked };

    internal override IOperation ToOperation(ChainId chain) => new SetCeiling(Account.On(chain), LimitJson.ToCeiling(Ceiling), Linked);
}

internal sealed record FreezeJson(AccountText Account) : OperationJson
{
    public bool Unfreeze { get; init; }

    public static FreezeJson From(Freeze operation) => new(new AccountText(operation.Account)) { Unfreeze = operation.Unfreeze, Linked = operation.Linked };

    internal override IOperation ToOperation(ChainId chain) => new Freeze(Account.On(chain), Unfreeze, Linked);
}

internal sealed record CloseJson(AccountText Account) : OperationJson
{
    public static CloseJson From(Close operation) => new(new AccountText(operation.Account)) { Linked = operation.Linked };

    internal override IOperation ToOperation(ChainId chain) => new Close(Account.On(chain), Linked);
}
