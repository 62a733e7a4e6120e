using Actors.Ledger.Wire;

namespace Actors.Ledger.Accounts;

/// <summary>Floors and ceilings of accounts, in minor units. The two extremes of 64 bits mean that there is none.</summary>
public static class AccountLimits
{
    public const long NoFloor = long.MinValue;
    public const long NoCeiling = long.MaxValue;

    internal static long ReadFloor(ref WireReader reader) =>
        reader.Zigzag() is var floor and not NoFloor ? floor : throw new MalformedException("no floor is written with its flag, not as -2^63");

    internal static long ReadCeiling(ref WireReader reader) =>
        reader.Zigzag() is var ceiling and not NoCeiling ? ceiling : throw new MalformedException("no ceiling is written with its flag, not as 2^63-1");
}
