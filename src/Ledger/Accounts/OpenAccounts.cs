using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Accounts;

/// <summary>
/// Opens <paramref name="Count"/> accounts (1 to a billion) of one asset for one keyset, at the cost of one record. Without a floor
/// given it is 0, without a ceiling there is none; giving either, or no floor at all, or opening more at once than the genesis lets an owner
/// alone, needs the asset's issuer too.
/// </summary>
public readonly record struct OpenAccounts(EntityReference Owner, EntityReference Asset, ulong Count, long Floor = 0, long Ceiling = AccountLimits.NoCeiling, bool Linked = false) : IOperation<OpenAccounts>
{
    internal const int FloorBit = 1;
    internal const int CeilingBit = 2;
    internal const int NoFloorBit = 3;

    public OperationType Type => OperationType.OpenAccounts;

    /// <summary>Whether the issuer must agree because the accounts are not ordinary ones.</summary>
    public bool HasLimits => Floor != 0 || Ceiling != AccountLimits.NoCeiling;

    static OpenAccounts IOperation<OpenAccounts>.Read(ref WireReader reader, OperationFlags flags)
    {
        if (flags.Has(FloorBit) && flags.Has(NoFloorBit))
        {
            throw new MalformedException("flags of an OpenAccounts operation say both a floor and no floor");
        }

        var owner = EntityReference.Read(ref reader, "keyset");
        var asset = EntityReference.Read(ref reader, "asset");
        var count = reader.Varint(1, Limits.AccountsPerOpenMax, "account count");
        var floor = flags.Has(FloorBit) ? AccountLimits.ReadFloor(ref reader) : flags.Has(NoFloorBit) ? AccountLimits.NoFloor : 0;
        var ceiling = flags.Has(CeilingBit) ? AccountLimits.ReadCeiling(ref reader) : AccountLimits.NoCeiling;
        return floor == 0 && flags.Has(FloorBit)
            ? throw new MalformedException("a floor of 0 is given; it is written by leaving it out")
            : new OpenAccounts(owner, asset, count, floor, ceiling, flags.Linked);
    }

    void IOperation<OpenAccounts>.Check(OperationStructure structure)
    {
        structure.Keyset(Owner);
        structure.Asset(Asset);
    }

    public void Write(WireWriter writer)
    {
        var hasFloor = Floor != 0 && Floor != AccountLimits.NoFloor;
        var hasCeiling = Ceiling != AccountLimits.NoCeiling;
        var flags = OperationFlags.Bit(FloorBit, hasFloor) | OperationFlags.Bit(CeilingBit, hasCeiling) | OperationFlags.Bit(NoFloorBit, Floor == AccountLimits.NoFloor);
        OperationFlags.Write(writer, Type, Linked, flags);
        Owner.Write(writer);
        Asset.Write(writer);
        writer.Varint(Count);
        if (hasFloor)
        {
            writer.Zigzag(Floor);
        }

        if (hasCeiling)
        {
            writer.Zigzag(Ceiling);
        }
    }
}
