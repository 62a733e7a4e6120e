using System.Security.Cryptography;
using Actors.Engine.Sealing;
using Actors.Gateway.Settings;

namespace Actors.Silo.Settings;

/// <summary>
/// 32 bytes that the silos of a cluster share and nobody else holds. One key for each purpose is derived from it, so that what is learned about one says nothing
/// about the others.
/// </summary>
internal sealed class SiloSecret
{
    private const int SecretBytes = 32;
    private readonly byte[] _secret;

    private SiloSecret(byte[] secret) => _secret = secret;

    /// <summary>For a cluster of one process, which needs to agree with nobody.</summary>
    public static SiloSecret Random() => new(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <exception cref="StartRefusedException">The file cannot be read or holds something else.</exception>
    public static SiloSecret Read(string file)
    {
        try
        {
            var secret = Convert.FromHexString(File.ReadAllText(file).Trim());
            return secret.Length == SecretBytes ? new SiloSecret(secret) : throw Refused(file, $"{secret.Length} bytes");
        }
        catch (FormatException)
        {
            throw Refused(file, "something that is no hex");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{ClusterOptions.Section}:SecretFile cannot be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>The sealing keys that the cluster keeps in its database.</summary>
    public SealingKeyTable OpenSealingKeys(string connectionString) => SealingKeyTable.Open(connectionString, _secret);

    public byte[] KeyFor(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, SecretBytes, info: System.Text.Encoding.ASCII.GetBytes(purpose));

    private static StartRefusedException Refused(string file, string found) =>
        new($"{ClusterOptions.Section}:SecretFile {file} holds {found}, expected {SecretBytes * 2} hex digits; openssl rand -hex {SecretBytes} makes them");
}
