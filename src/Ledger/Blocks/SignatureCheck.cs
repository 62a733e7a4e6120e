using System.Security.Cryptography;
using Actors.Ledger.Signing;
using Actors.Ledger.State;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Blocks;

/// <summary>Checks every signature of recorded transactions, on behalf of an audit. Keeps a bounded number of parsed keys.</summary>
internal sealed class SignatureCheck : IDisposable
{
    private const int KeysMax = 100_000;
    private readonly Dictionary<PublicKey, ECDsa?> _keys = [];

    public long Checked { get; private set; }

    public void Check(Transaction transaction, ReadOnlySpan<Signer> signers, Height height)
    {
        foreach (ref readonly var signer in signers)
        {
            var key = Find(signer.Key);
            if (key is null || !Es256.Verify(key, transaction.Signed, signer.Signature))
            {
                throw new BrokenInvariantException($"block {height} holds transaction {transaction.Id} with a signature by {signer.Key} that does not verify");
            }

            Checked++;
        }
    }

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key?.Dispose();
        }

        _keys.Clear();
    }

    private ECDsa? Find(in PublicKey key)
    {
        if (_keys.TryGetValue(key, out var parsed))
        {
            return parsed;
        }

        if (_keys.Count >= KeysMax)
        {
            Dispose();
        }

        parsed = Es256.TryImport(key);
        _keys.Add(key, parsed);
        return parsed;
    }
}
