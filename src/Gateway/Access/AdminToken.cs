using System.Security.Cryptography;
using System.Text;
using Actors.Gateway.Settings;
using Microsoft.Extensions.Options;

namespace Actors.Gateway.Access;

/// <summary>
/// The secret of whoever runs the node: 32 random bytes in hex in the data folder, made at first start, readable by its owner
/// alone.
/// </summary>
internal sealed class AdminToken(IOptions<GatewayOptions> options)
{
    public const string FileName = "admin-token";
    private const int SecretBytes = 32;
    private byte[]? _hash;

    public string Path => System.IO.Path.Combine(options.Value.DataFolder, FileName);

    /// <summary>Reads the token, or makes it.</summary>
    /// <exception cref="StartRefusedException">The file is there and holds no token.</exception>
    public void Open()
    {
        CreateFolder(options.Value.DataFolder);
        var token = File.Exists(Path) ? File.ReadAllText(Path).Trim() : Create();
        _hash = token.Length == SecretBytes * 2
            ? SHA256.HashData(Encoding.UTF8.GetBytes(token))
            : throw new StartRefusedException($"the admin token in {Path} has {token.Length} characters, expected {SecretBytes * 2}; remove the file to have a new one made");
    }

    /// <summary>Compares in a time that does not depend on where they differ.</summary>
    public bool Matches(ReadOnlySpan<byte> token) => _hash is not null && CryptographicOperations.FixedTimeEquals(_hash, SHA256.HashData(token));

    /// <summary>For its owner alone, as what is in it; a folder that is there keeps the rights that it has.</summary>
    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private string Create()
    {
        var token = RandomNumberGenerator.GetHexString(SecretBytes * 2, lowercase: true);
        var writing = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            writing.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Written beside and moved, so that a crash leaves no half token.
        var partial = Path + ".new";
        File.Delete(partial);
        using (var file = new FileStream(partial, writing))
        {
            file.Write(Encoding.ASCII.GetBytes(token + "\n"));
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, Path);
        return token;
    }
}
