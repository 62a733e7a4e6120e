namespace Actors.Ledger.Signing;

/// <summary>One signature of an envelope and the exact key that is said to have made it.</summary>
public readonly record struct Signer(PublicKey Key, Signature Signature);
