namespace Actors.Ledger;

/// <summary>An account's dense number on its chain, from 1 in the order of opening; 0 is no account.</summary>
public readonly record struct AccountNumber(ulong Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>A keyset's dense number, from 1 (the operator of the genesis); 0 is none.</summary>
public readonly record struct KeysetNumber(uint Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>An asset's dense number, from 1, at most <see cref="Limits.AssetsMax"/>; 0 is none.</summary>
public readonly record struct AssetNumber(uint Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>A pending transfer's dense number, from 1; 0 is none.</summary>
public readonly record struct PendingNumber(ulong Value)
{
    public override string ToString() => Value.ToString();
}

/// <summary>A block's height, from 1; 0 is the genesis.</summary>
public readonly record struct Height(ulong Value) : IComparable<Height>
{
    public Height Next => new(Value + 1);

    public int CompareTo(Height other) => Value.CompareTo(other.Value);

    public static bool operator <(Height left, Height right) => left.Value < right.Value;

    public static bool operator >(Height left, Height right) => left.Value > right.Value;

    public static bool operator <=(Height left, Height right) => left.Value <= right.Value;

    public static bool operator >=(Height left, Height right) => left.Value >= right.Value;

    public override string ToString() => Value.ToString();
}

/// <summary>Milliseconds since 1970-01-01T00:00:00Z, below 2^48. Given to the core, never read by it.</summary>
public readonly record struct Timestamp(ulong Ms) : IComparable<Timestamp>
{
    public int CompareTo(Timestamp other) => Ms.CompareTo(other.Ms);

    public static bool operator <(Timestamp left, Timestamp right) => left.Ms < right.Ms;

    public static bool operator >(Timestamp left, Timestamp right) => left.Ms > right.Ms;

    public static bool operator <=(Timestamp left, Timestamp right) => left.Ms <= right.Ms;

    public static bool operator >=(Timestamp left, Timestamp right) => left.Ms >= right.Ms;

    public override string ToString() => Ms.ToString();
}
