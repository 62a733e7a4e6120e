using Actors.Ledger.Signing;

namespace Actors.Engine.Sealing;

/// <summary>The private keys with which a chain's headers are sealed.</summary>
public interface ISealingKeys
{
    bool Holds(in PublicKey key);

    /// <summary>Makes a key and keeps it; durable on return.</summary>
    PublicKey Create();

    /// <summary>Signs with the private key of <paramref name="key"/>, which MUST be held.</summary>
    Signature Sign(in PublicKey key, ReadOnlySpan<byte> message);
}
