using System.Security.Cryptography;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Channels.Peers;

/// <summary>
/// Seals in one transaction without signatures, checked before it came to the chain's one writer, who would otherwise spend more on one seal than on a hundred
/// packets, and the same on a forged one that nobody signed. Which key must have sealed is a matter of state, so what is kept is a fact
/// about bytes alone: beginning with this key, so many seals of the operation verify. The writer takes it where its light client holds that very key, and checks for
/// itself where not, so that nothing is decided here. Replay checks everything itself.
/// </summary>
internal sealed class CheckedSeals
{
    /// <summary>What is beyond this in one transaction is left to the writer, who stops at the first refusal.</summary>
    private const int SealsMax = Limits.SignaturesPerTransactionMax;
    private readonly List<(int Operation, PublicKey First, int Good, bool IsEnded)> _updates = [];
    private readonly List<(int Operation, bool Holds)> _evidence = [];
    private int _checked;

    private CheckedSeals()
    {
    }

    /// <param name="transaction">Of any kind; null comes back for those without seals.</param>
    /// <param name="hints">What the peer of this number held a moment ago; null when that is not known.</param>
    /// <param name="keys">Parses a key, or has it parsed; null when it is no point of the curve.</param>
    public static CheckedSeals? Of(Transaction transaction, Func<uint, SealHint?> hints, Func<PublicKey, ECDsa?> keys)
    {
        if (transaction.Kind != TransactionKind.Proven)
        {
            return null;
        }

        var seals = new CheckedSeals();
        for (var i = 0; i < transaction.OperationCount && seals._checked < SealsMax; i++)
        {
            var isGood = (OperationType)transaction.Operation(i)[0] switch
            {
                OperationType.UpdatePeer => seals.Check(i, (UpdatePeer)OperationCodec.Read(transaction.Operation(i)), hints, keys),
                OperationType.ReportEquivocation => seals.Check(i, (ReportEquivocation)OperationCodec.Read(transaction.Operation(i)), hints),
                _ => true,
            };
            if (!isGood)
            {
                break;
            }
        }

        return seals;
    }

    /// <summary>Whether the operation's seal of this index is good if its first one is by <paramref name="first"/>; null when that was not looked at.</summary>
    public bool? Find(int operation, in PublicKey first, int index)
    {
        foreach (var update in _updates)
        {
            if (update.Operation == operation && update.First == first)
            {
                return index < update.Good ? true : index == update.Good && update.IsEnded ? false : null;
            }
        }

        return null;
    }

    /// <summary>Whether both headers are sealed by the chain whose genesis they show; null when that was not looked at.</summary>
    public bool? FindEvidence(int operation)
    {
        foreach (var evidence in _evidence)
        {
            if (evidence.Operation == operation)
            {
                return evidence.Holds;
            }
        }

        return null;
    }

    private bool Check(int index, UpdatePeer update, Func<uint, SealHint?> hints, Func<PublicKey, ECDsa?> keys)
    {
        // What the writer tells without looking at the seal is not looked at either.
        if (hints(update.Peer) is not { } hint || update.Header.Genesis != hint.Genesis || update.Header.Height.Value <= hint.Height)
        {
            return true;
        }

        var key = hint.SealingKey;
        for (var good = 0; good <= update.KeyChanges.Count; good++)
        {
            var (header, seal) = good == update.KeyChanges.Count
                ? (update.Header, update.Seal)
                : (update.KeyChanges[good].Change.Header, update.KeyChanges[good].Change.Seal);
            _checked++;
            if (keys(key) is not { } parsed || !Es256.Verify(parsed, header.Encode(), seal))
            {
                _updates.Add((index, hint.SealingKey, good, IsEnded: true));
                return false;
            }

            if (good < update.KeyChanges.Count)
            {
                if (update.KeyChanges[good].Change.NewKey is not { } next)
                {
                    _updates.Add((index, hint.SealingKey, good + 1, IsEnded: false));
                    return false;
                }

                key = next;
            }
        }

        _updates.Add((index, hint.SealingKey, update.KeyChanges.Count + 1, IsEnded: false));
        return true;
    }

    private bool Check(int index, ReportEquivocation report, Func<uint, SealHint?> hints)
    {
        if (hints(report.Peer) is not { } hint || !report.Equivocation.IsOf(hint.Genesis) || !report.Equivocation.Contradicts)
        {
            return true;
        }

        var holds = report.Equivocation.IsSealedBy(hint.Genesis);
        _checked += report.Equivocation.Earlier.KeyChanges.Count + report.Equivocation.Later.KeyChanges.Count + 2;
        _evidence.Add((index, holds));
        return holds;
    }
}
