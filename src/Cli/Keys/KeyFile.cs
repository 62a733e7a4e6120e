using System.Security.Cryptography;
using Actors.Cli.Client;
using Actors.Ledger.Signing;

namespace Actors.Cli.Keys;

/// <summary>A private key in a PKCS#8 PEM file that only its owner can read. An existing file is never written over.</summary>
public static class KeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const long BytesMax = 64 * 1024;

    public static void Write(string path, SigningKey key)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        try
        {
            using var file = new StreamWriter(path, options);
            file.WriteLine(key.ToPem());
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"cannot write key file {path}: {fault.Message}", fault);
        }
    }

    public static SigningKey Read(string path)
    {
        try
        {
            return SigningKey.FromPem(ReadText(path));
        }
        catch (CryptographicException fault)
        {
            throw new CannotRunException($"key file {path}: expected a P-256 private key in PEM: {fault.Message}", fault);
        }
    }

    /// <summary>The public key in a PEM file, be it of the public or of the private half.</summary>
    public static PublicKey ReadPublic(string path)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(ReadText(path));
            SigningKey.RequireP256(key);
            return Es256.PublicKeyOf(key);
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException)
        {
            throw new CannotRunException($"key file {path}: expected a P-256 key in PEM: {fault.Message}", fault);
        }
    }

    /// <summary>Whether others than the owner may read the file; false where that cannot be told.</summary>
    public static bool IsOpenToOthers(string path) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(OwnerOnly | UnixFileMode.UserExecute)) != 0;

    private static string ReadText(string path)
    {
        try
        {
            return new FileInfo(path).Length <= BytesMax
                ? File.ReadAllText(path)
                : throw new CannotRunException($"{path} has more than {BytesMax} bytes and is no key file");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"cannot read key file {path}: {fault.Message}", fault);
        }
    }
}
