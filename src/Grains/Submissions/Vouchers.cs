using System.Security.Cryptography;
using Actors.Grains.Faults;
using Actors.Ledger.Hashing;

namespace Actors.Grains.Submissions;

/// <summary>
/// How one silo takes another's word that signatures are good. Anybody who reaches a gateway of the cluster can call any grain, so the word is a MAC
/// under a key that only silos hold, over the chain's genesis hash and the very bytes that were checked.
/// </summary>
internal sealed class Vouchers(byte[] key)
{
    public byte[] Issue(in Hash256 genesis, EnvelopeBatch envelopes)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        mac.AppendData(genesis.AsSpan());
        mac.AppendData(envelopes.Bytes);
        return mac.GetHashAndReset();
    }

    /// <exception cref="LedgerFaultException">It is not the word of a silo of this cluster about these bytes.</exception>
    public void Require(in Hash256 genesis, CheckedBatch batch)
    {
        if (!CryptographicOperations.FixedTimeEquals(Issue(genesis, batch.Envelopes), batch.Voucher ?? []))
        {
            throw FaultWire.BadRequest("the voucher of a checked batch does not verify: only silos of this cluster may say that signatures are good");
        }
    }
}
