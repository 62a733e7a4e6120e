using Actors.Ledger.Hashing;

namespace Actors.Engine.Audits;

/// <summary>A chain that is audited together with others, under the name that its findings are told by, which no other one has.</summary>
public sealed record AuditedChain(string Name, IBlockSource Source, Hash256? Genesis = null);

/// <summary>
/// One asset over one channel at the cut: what the home chain holds in escrow, what the other chain has issued as vouchers, and what is on its way.
/// In minor units. Agrees when the first is the sum of the others.
/// </summary>
public sealed record AuditedRoute(string Home, uint HomeChannel, string Away, uint AwayChannel, uint Asset, long Escrow, Int128 Vouchers, Int128 Outward, Int128 Homeward)
{
    /// <summary>One side was abandoned: its operator's word stands for what the other side can prove no more.</summary>
    public bool IsAbandoned { get; init; }

    public bool Agrees => Escrow == Vouchers + Outward + Homeward;
}

/// <summary>What an audit of several chains found. Clean when no chain and no channel has a finding.</summary>
public sealed record ChannelsReport(IReadOnlyList<AuditReport> Chains)
{
    /// <summary>
    /// In order of the chains: the height through which channels were compared. Below a chain's head where its later blocks rest on headers that
    /// are beyond the other chain's audited head.
    /// </summary>
    public required IReadOnlyList<ulong> Cut { get; init; }

    public required IReadOnlyList<AuditedRoute> Routes { get; init; }

    /// <summary>What the operators decided without proof, a sentence each: channels abandoned, peers resumed.</summary>
    public required IReadOnlyList<string> ActsOfTrust { get; init; }

    /// <summary>What could not be compared, a sentence each: channels to chains that were not audited, blocks above the cut.</summary>
    public required IReadOnlyList<string> NotCompared { get; init; }

    /// <summary>Where channels do not agree, a sentence each that names the first block.</summary>
    public required IReadOnlyList<string> Findings { get; init; }

    public bool IsClean => Findings.Count == 0 && Chains.All(chain => chain.IsClean);
}
