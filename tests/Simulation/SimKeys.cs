using System.Security.Cryptography;
using System.Text;
using Actors.Engine.Sealing;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;

namespace Actors.Simulation;

/// <summary>A handful of keys, the same in every run, with which clients sign and chains seal.</summary>
internal sealed class SimKeys : ISealingKeys
{
    private const int Count = 8;
    private readonly Dictionary<PublicKey, ECDsa> _keys = [];
    private readonly List<PublicKey> _order = [];

    public SimKeys()
    {
        for (var i = 0; i < Count; i++)
        {
            var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = SHA256.HashData(Encoding.ASCII.GetBytes($"simulated key {i}")) });
            _order.Add(Es256.PublicKeyOf(key));
            _keys.Add(_order[^1], key);
        }
    }

    public IReadOnlyList<PublicKey> All => _order;

    /// <summary>A key that nobody holds.</summary>
    public static PublicKey Stranger { get; } = new(SHA512.HashData("nobody's"u8));

    public bool Holds(in PublicKey key) => _keys.ContainsKey(key);

    public PublicKey Create() => throw new NotSupportedException("the keys of a simulation are fixed");

    public Signature Sign(in PublicKey key, ReadOnlySpan<byte> message) => Es256.Sign(_keys[key], message);

    public Signer[] Sign(Transaction transaction, IEnumerable<PublicKey> keys) =>
        [.. keys.Select(key => new Signer(key, Sign(key, transaction.SignedMessage.Span)))];
}
