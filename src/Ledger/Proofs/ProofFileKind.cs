namespace Actors.Ledger.Proofs;

/// <summary>What a proof file is, told by its first 8 bytes.</summary>
public enum ProofFileKind
{
    Unknown = 0,

    /// <summary>ActorsR1: what became of a transaction, or of one operation of it.</summary>
    Receipt,

    /// <summary>ActorsP1: a record of the state, or that there is none.</summary>
    RecordProof,

    /// <summary>ActorsL1: what a run of blocks did to one account.</summary>
    Statement,

    /// <summary>ActorsK1: what became of a packet on the chain that received or refunded it.</summary>
    Packet,

    /// <summary>ActorsE1: that a chain sealed two headers that cannot both be true.</summary>
    Equivocation,
}
