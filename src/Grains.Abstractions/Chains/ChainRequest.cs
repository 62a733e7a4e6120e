namespace Actors.Grains.Chains;

/// <summary>What the creator of a chain decides. The rest of its genesis (time, sealing key) is the cluster's.</summary>
[GenerateSerializer, Immutable, Alias("actors.chain-request.1")]
public sealed record ChainRequest
{
    [Id(0)]
    public required string Chain { get; init; }

    /// <summary>The operator keyset, encoded (docs/wire-format.md).</summary>
    [Id(1)]
    public required byte[] Operator { get; init; }

    [Id(2)]
    public required int LeafRecords { get; init; }

    [Id(3)]
    public required int BlockOperationsMax { get; init; }

    [Id(4)]
    public required int BlockBytesMax { get; init; }

    [Id(5)]
    public required ulong ValidityMs { get; init; }

    /// <summary>Accounts that one operation may open without the asset's issuer.</summary>
    [Id(6)]
    public required ulong OpenWithoutIssuerMax { get; init; }
}
