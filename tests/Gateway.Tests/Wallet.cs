using System.Security.Cryptography;
using Actors.Ledger.Keysets;
using Actors.Ledger.Signing;

namespace Actors.Gateway.Tests;

/// <summary>A key pair of a test.</summary>
internal sealed class Wallet
{
    public ECDsa Private { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public PublicKey Public => Es256.PublicKeyOf(Private);

    public KeysetDefinition Keyset => KeysetDefinition.Single(Public);

    public Signature Sign(ReadOnlySpan<byte> message) => Es256.Sign(Private, message);
}
