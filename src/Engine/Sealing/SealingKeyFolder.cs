using System.Collections.Concurrent;
using System.Security.Cryptography;
using Actors.Engine.Stores;
using Actors.Ledger.Signing;

namespace Actors.Engine.Sealing;

/// <summary>
/// Sealing keys as PKCS#8 PEM files in a folder, one a key, named by the start of the public key, readable by their owner
/// only. Who can read the folder can seal blocks; keep it as you keep the store.
/// </summary>
public sealed class SealingKeyFolder(string folder) : ISealingKeys, IDisposable
{
    private const string Extension = ".pem";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly ConcurrentDictionary<PublicKey, ECDsa> _keys = [];

    public bool Holds(in PublicKey key) => _keys.ContainsKey(key) || TryLoad(key) is not null;

    /// <summary>Whether there is any file of a key, which is not read.</summary>
    internal bool IsAnyThere => Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*" + Extension).Any();

    /// <summary>The keys held, in no particular order.</summary>
    internal IReadOnlyList<PublicKey> List()
    {
        var found = new List<PublicKey>();
        foreach (var path in Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + Extension) : [])
        {
            if (Import(path) is { } loaded)
            {
                found.Add(Es256.PublicKeyOf(loaded));
                loaded.Dispose();
            }
        }

        return found.FindAll(key => Holds(key));
    }

    public PublicKey Create()
    {
        DurableFile.CreateFolder(folder);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var publicKey = Es256.PublicKeyOf(key);
        var path = PathOf(publicKey);
        var temporary = path + ".new";
        using (var file = Open(temporary))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: false);
        DurableFile.SyncFolder(folder);
        _keys[publicKey] = key;
        return publicKey;
    }

    public Signature Sign(in PublicKey key, ReadOnlySpan<byte> message)
    {
        if (!_keys.TryGetValue(key, out var loaded))
        {
            loaded = TryLoad(key) ?? throw new StoreCorruptException($"the sealing key {key} is not in the folder {folder}");
        }

        lock (loaded)
        {
            return Es256.Sign(loaded, message);
        }
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }

    private static FileStream Open(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }

    /// <summary>Null when there is no such file, it cannot be read, or it holds another key than its name says.</summary>
    private ECDsa? TryLoad(in PublicKey key)
    {
        if (Import(PathOf(key)) is not { } loaded)
        {
            return null;
        }

        if (Es256.PublicKeyOf(loaded) == key)
        {
            return _keys.GetOrAdd(key, loaded);
        }

        loaded.Dispose();
        return null;
    }

    private static ECDsa? Import(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var loaded = ECDsa.Create();
        try
        {
            loaded.ImportFromPem(File.ReadAllText(path));
            return loaded;
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            loaded.Dispose();
            return null;
        }
    }

    internal static string FileNameOf(in PublicKey key) => key.ToString()[..32] + Extension;

    private string PathOf(in PublicKey key) => Path.Combine(folder, FileNameOf(key));
}
