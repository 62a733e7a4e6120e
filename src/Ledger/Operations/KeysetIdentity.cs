namespace Actors.Ledger.Operations;

/// <summary>A keyset as authority sees it: one that stands on the chain, or the k-th thing this transaction creates.</summary>
internal readonly record struct KeysetIdentity(uint Number, int CreatedIndex)
{
    public static KeysetIdentity Standing(uint number) => new(number, -1);

    public static KeysetIdentity Created(int index) => new(0, index);

    public bool IsCreated => CreatedIndex >= 0;
}
