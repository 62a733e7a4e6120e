namespace Actors.Grains.Accounts;

/// <summary>What one block did to an account, in minor units.</summary>
[GenerateSerializer, Immutable, Alias("actors.account-change.1")]
public sealed record AccountChange
{
    [Id(0)]
    public required string Account { get; init; }

    [Id(1)]
    public required ulong Height { get; init; }

    [Id(2)]
    public required ulong TimeMs { get; init; }

    /// <summary>What the block added to posted; 0 when it only changed pendings, limits or flags.</summary>
    [Id(3)]
    public required long PostedChange { get; init; }

    /// <summary>Operations and expiries of the block that touched the account.</summary>
    [Id(4)]
    public required int Touches { get; init; }
}
