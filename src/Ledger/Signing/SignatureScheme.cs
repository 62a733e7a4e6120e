namespace Actors.Ledger.Signing;

public enum SignatureScheme : byte
{
    /// <summary>ECDSA over P-256 with SHA-256, low-S only (RFC 7518 ES256 with SEC 1 low-S).</summary>
    Es256 = 1,
}
