using System.Security.Cryptography;
using Actors.Grains;
using Actors.Grains.Faults;
using Actors.Grains.Submissions;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;

namespace Actors.Samples.InternalService;

/// <summary>
/// A payment is signed once, and what was signed is sent until there is an answer. However often it arrives, and through however many silos, it has one id and so
/// one effect; after its expiry it can have none. So trying again needs no bookkeeping, and giving up before the expiry would be the only mistake.
/// </summary>
internal sealed class Payments(IGrainFactory grains)
{
    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(2);

    public async Task<Payment> SignAsync(Address from, Address to, long amount, ECDsa key)
    {
        if (from.Chain != to.Chain)
        {
            throw new ArgumentException($"{from} and {to} are accounts of different chains");
        }

        var genesis = Genesis.Parse(await grains.GetGrain<IChainGrain>(from.Chain.Value).GetGenesisAsync());
        var transfer = new Transfer(AccountReference.Numbered(from.Number), AccountReference.Numbered(to.Number), amount, NewReference());
        var expiry = new Timestamp((ulong)DateTimeOffset.UtcNow.Add(Validity).ToUnixTimeMilliseconds());
        var transaction = Transaction.Create(genesis.Hash, expiry, TransactionKind.Atomic, 1, OperationCodec.Encode([transfer]));
        var signer = new Signer(Es256.PublicKeyOf(key), Es256.Sign(key, transaction.SignedMessage.Span));
        return new Payment(from, transaction.Id, Envelope.Encode(genesis.Hash, transaction, [signer]));
    }

    /// <summary>The ledger's answer, whatever fails on the way to it.</summary>
    public async Task<SubmissionAnswer> SendUntilAnsweredAsync(Payment payment)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < PauseMax ? pause * 2 : PauseMax)
        {
            if (await TrySendAsync(payment) is { Fault: null } answer)
            {
                return answer;
            }

            // The account's silo, the chain's, or the way to them failed, and whether the payment was made is not known. It will be: by its id.
            await Task.Delay(pause);
        }
    }

    private async Task<SubmissionAnswer?> TrySendAsync(Payment payment)
    {
        try
        {
            return await grains.GetGrain<IAccountGrain>(payment.From.ToString()).SubmitAsync(payment.Envelope);
        }
        catch (LedgerFaultException fault) when (fault.Fault.RetryAfter is not null)
        {
            return null;
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Two payments of one millisecond over the same amount would otherwise be the same payment.</summary>
    private static Reference NewReference() => new(RandomNumberGenerator.GetBytes(Limits.ReferenceBytesMax));
}

/// <summary>Signed bytes that may be sent as often as need be.</summary>
internal sealed record Payment(Address From, TransactionId Id, byte[] Envelope);
