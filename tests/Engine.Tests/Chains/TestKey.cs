using System.Security.Cryptography;
using Actors.Ledger.Keysets;
using Actors.Ledger.Signing;

namespace Actors.Engine.Tests.Chains;

/// <summary>A client's key pair.</summary>
internal sealed class TestKey
{
    private readonly ECDsa _private = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public PublicKey Public => Es256.PublicKeyOf(_private);

    public KeysetDefinition Keyset => KeysetDefinition.Single(Public);

    public Signer Sign(ReadOnlySpan<byte> message)
    {
        lock (_private)
        {
            return new Signer(Public, Es256.Sign(_private, message));
        }
    }
}
