using System.Security.Cryptography;
using Actors.Ledger.Signing;

namespace Actors.Cli.Client;

/// <summary>A P-256 private key that signs transactions. Not for several threads at once.</summary>
public sealed class SigningKey : IDisposable
{
    private readonly ECDsa _key;

    private SigningKey(ECDsa key)
    {
        _key = key;
        Public = Es256.PublicKeyOf(key);
    }

    public PublicKey Public { get; }

    public static SigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <exception cref="CryptographicException">The text holds no P-256 private key.</exception>
    public static SigningKey FromPem(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            RequireP256(key);
            key.ExportParameters(true);
            return new SigningKey(key);
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new CryptographicException(fault.Message, fault);
        }
    }

    public string ToPem() => _key.ExportPkcs8PrivateKeyPem();

    public Signature Sign(ReadOnlySpan<byte> message) => Es256.Sign(_key, message);

    public void Dispose() => _key.Dispose();

    internal static void RequireP256(ECDsa key)
    {
        if (key.ExportParameters(false).Curve.Oid is not { } oid || (oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value && oid.FriendlyName != ECCurve.NamedCurves.nistP256.Oid.FriendlyName))
        {
            throw new CryptographicException("the key is not on the curve P-256");
        }
    }
}
