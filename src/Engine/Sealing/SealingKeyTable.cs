using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Actors.Engine.Stores;
using Actors.Engine.Stores.Postgres;
using Actors.Ledger;
using Actors.Ledger.Signing;

namespace Actors.Engine.Sealing;

/// <summary>
/// Sealing keys of all chains in the database that holds the chains, so that whichever process runs a chain can seal for it. A folder is of one machine, and a key
/// in the clear could be used by whoever reads the database or a backup of it; so each key is encrypted (AES-256-GCM, bound to chain and public key)
/// under a key that the database never sees.
/// </summary>
public sealed class SealingKeyTable : ISealingKeyring, IDisposable
{
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int ConnectionsMax = 2;
    private static readonly byte[] Purpose = "actors sealing keys 1"u8.ToArray();
    private readonly Connections _connections;
    private readonly byte[] _key;
    private readonly ConcurrentDictionary<(string Chain, PublicKey Key), ECDsa> _opened = [];

    private SealingKeyTable(string connectionString, byte[] key)
    {
        _connections = new Connections(PostgresAddress.Parse(connectionString), ConnectionsMax);
        _key = key;
    }

    /// <summary>Opens the table with the key that is derived from a cluster's secret.</summary>
    /// <param name="connectionString">As Npgsql reads it.</param>
    /// <param name="secret">32 bytes that the cluster's processes share.</param>
    public static SealingKeyTable Open(string connectionString, byte[] secret) => new(connectionString, HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, KeyBytes, info: Purpose));

    public ISealingKeys Of(ChainId chain) => new ChainKeys(this, chain.Value);

    /// <summary>Always a new one: what a creation that failed left behind is a row that no chain names.</summary>
    public PublicKey TakeFirst(ChainId chain) => Create(chain.Value);

    /// <summary>It is among the chain's keys from the start.</summary>
    public void ClaimFirst(ChainId chain, in PublicKey key)
    {
    }

    public void Dispose() => _connections.Dispose();

    private PublicKey Create(string chain)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var publicKey = Es256.PublicKeyOf(key);
        var encrypted = Encrypt(chain, publicKey, key.ExportPkcs8PrivateKey());
        _connections.Write(transaction =>
        {
            using var insert = transaction.Use(SealingKeySql.Insert).With(chain).With(publicKey.AsSpan().ToArray()).With(encrypted);
            insert.Run();
            transaction.Commit();
            return true;
        });
        _opened[(chain, publicKey)] = key;
        return publicKey;
    }

    /// <summary>Null when the table does not hold it, or it was encrypted under another key.</summary>
    private ECDsa? Find(string chain, PublicKey publicKey)
    {
        if (_opened.TryGetValue((chain, publicKey), out var opened))
        {
            return opened;
        }

        var encrypted = _connections.Read(connection =>
        {
            using var find = new Statement(connection, SealingKeySql.Find).With(chain).With(publicKey.AsSpan().ToArray());
            using var rows = find.Query();
            return rows.Step() ? rows.Bytes(0) : null;
        });
        return encrypted is not null && TryDecrypt(chain, publicKey, encrypted) is { } key ? _opened.GetOrAdd((chain, publicKey), key) : null;
    }

    private byte[] Encrypt(string chain, in PublicKey publicKey, byte[] plain)
    {
        var encrypted = new byte[NonceBytes + TagBytes + plain.Length];
        var (nonce, tag, text) = Parts(encrypted);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(nonce.Span, plain, text.Span, tag.Span, Bound(chain, publicKey));
        CryptographicOperations.ZeroMemory(plain);
        return encrypted;
    }

    private ECDsa? TryDecrypt(string chain, in PublicKey publicKey, byte[] encrypted)
    {
        if (encrypted.Length <= NonceBytes + TagBytes)
        {
            return null;
        }

        var (nonce, tag, text) = Parts(encrypted);
        var plain = new byte[text.Length];
        var key = ECDsa.Create();
        try
        {
            using var aes = new AesGcm(_key, TagBytes);
            aes.Decrypt(nonce.Span, text.Span, tag.Span, plain, Bound(chain, publicKey));
            key.ImportPkcs8PrivateKey(plain, out _);
            return key;
        }
        catch (CryptographicException)
        {
            key.Dispose();
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Text) Parts(byte[] encrypted) =>
        (encrypted.AsMemory(0, NonceBytes), encrypted.AsMemory(NonceBytes, TagBytes), encrypted.AsMemory(NonceBytes + TagBytes));

    private static byte[] Bound(string chain, in PublicKey publicKey) => [.. Encoding.ASCII.GetBytes(chain), .. publicKey.AsSpan()];

    private sealed class ChainKeys(SealingKeyTable table, string chain) : ISealingKeys
    {
        public bool Holds(in PublicKey key) => table.Find(chain, key) is not null;

        public PublicKey Create() => table.Create(chain);

        public Signature Sign(in PublicKey key, ReadOnlySpan<byte> message)
        {
            var opened = table.Find(chain, key) ?? throw new StoreCorruptException($"the sealing key {key} of chain {chain} is not in the database, or was encrypted under another secret");
            lock (opened)
            {
                return Es256.Sign(opened, message);
            }
        }
    }
}
