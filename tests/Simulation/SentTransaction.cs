using Actors.Engine.Views;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;

namespace Actors.Simulation;

/// <summary>All that clients know of one transaction: what they sent, and what they were told.</summary>
internal sealed class SentTransaction(Transaction transaction)
{
    private readonly List<Signer[]> _signatures = [];

    public Transaction Transaction => transaction;

    /// <summary>Submissions that are not answered, or whose answer was lost with a process.</summary>
    public int MayBeRecorded { get; set; }

    /// <summary>An answer that said recorded.</summary>
    public RecordedResult? Acknowledged { get; set; }

    /// <summary>Somebody was told that his sending was the one that was recorded.</summary>
    public bool SaidFirst { get; set; }

    /// <summary>Somebody was told that it expired: it must never be recorded.</summary>
    public bool SaidExpired { get; set; }

    public void Signed(Signer[] signers) => _signatures.Add(signers);

    /// <summary>
    /// The signers of the one sending whose signatures a block holds; null when none fits. A block may leave out one that no operation needed.
    /// </summary>
    public IReadOnlyList<PublicKey>? SignersOf(ReadOnlyMemory<byte> signatureSection)
    {
        var section = signatureSection.ToArray().AsSpan();
        foreach (var signers in _signatures)
        {
            var held = 0;
            foreach (var signer in signers)
            {
                held += section.IndexOf(signer.Signature.AsSpan()) >= 0 ? 1 : 0;
            }

            if (held == section[0] && (held > 0 || signers.Length == 0))
            {
                return [.. signers.Select(signer => signer.Key)];
            }
        }

        return null;
    }
}
