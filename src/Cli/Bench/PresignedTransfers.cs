using System.Diagnostics;
using Actors.Cli.Client;
using Actors.Cli.Terminals;
using Actors.Ledger;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;
using Actors.Ledger.Wire;

namespace Actors.Cli.Bench;

/// <summary>
/// The envelopes of a run, signed before it on all cores, so that the measurement holds no signing. They lie one after the
/// other in a few large buffers, so that millions of them are nothing to the garbage collector.
/// </summary>
internal sealed class PresignedTransfers(Hash256 genesis, TransferPlan plan, IReadOnlyList<SigningKey> keys)
{
    private const int ExpirySpreadMs = 20_000;
    private const int TransfersPerShare = 64;
    private ReadOnlyMemory<byte>[] _envelopes = [];

    public int Count { get; private set; }

    public ReadOnlyMemory<byte> this[int index] => _envelopes[index];

    /// <summary>Signs up to <paramref name="countMax"/> transactions, fewer when <paramref name="timeMax"/> is over before.</summary>
    public async Task SignAsync(int countMax, TimeSpan timeMax, Advance advance)
    {
        _envelopes = new ReadOnlyMemory<byte>[countMax];
        advance.Total = countMax;
        var expiry = new Timestamp((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + Limits.ValidityMsMax - ExpirySpreadMs - (ulong)ClockSlack.TotalMilliseconds);
        var watch = Stopwatch.StartNew();
        var next = 0;
        var share = Math.Max(1, TransfersPerShare / plan.TransfersPerTransaction);
        await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Factory.StartNew(Sign, TaskCreationOptions.LongRunning)));
        Count = Math.Min(next, countMax);

        void Sign()
        {
            var signer = new SigningThread(this, expiry);
            while (watch.Elapsed < timeMax && Interlocked.Add(ref next, share) - share is var first && first < countMax)
            {
                var end = Math.Min(first + share, countMax);
                for (var i = first; i < end; i++)
                {
                    _envelopes[i] = signer.Sign(i);
                }

                advance.Add(end - first);
            }
        }
    }

    /// <summary>How far the node's clock may be behind ours.</summary>
    private static TimeSpan ClockSlack { get; } = TimeSpan.FromSeconds(2);

    /// <summary>What one thread signs with.</summary>
    private sealed class SigningThread(PresignedTransfers owner, Timestamp firstExpiry)
    {
        private const int BufferBytes = 4 << 20;
        private readonly PlannedTransfer[] _transfers = new PlannedTransfer[owner.Plan.TransfersPerTransaction];
        private readonly WireWriter _operations = new();
        private byte[] _buffer = [];
        private int _used;

        public ReadOnlyMemory<byte> Sign(int index)
        {
            var key = owner.Keys[owner.Plan.Fill(index, _transfers)];
            var transaction = Transaction.Create(owner.Genesis, ExpiryOf(index), KindOf(_transfers.Length), _transfers.Length, Encode());
            Signature signature;
            lock (key)
            {
                signature = key.Sign(transaction.SignedMessage.Span);
            }

            return Keep(Envelope.Encode(owner.Genesis, transaction, [new Signer(key.Public, signature)]));
        }

        private static TransactionKind KindOf(int transfers) => transfers == 1 ? TransactionKind.Atomic : TransactionKind.Bulk;

        private Timestamp ExpiryOf(int index) => new(firstExpiry.Ms + (ulong)(index / TransferPlan.AmountMax % ExpirySpreadMs));

        private ReadOnlyMemory<byte> Encode()
        {
            _operations.Clear();
            foreach (var transfer in _transfers)
            {
                var debit = AccountReference.Numbered(OwnerLayout.NumberOf(transfer.Debit));
                new Transfer(debit, AccountReference.Numbered(OwnerLayout.NumberOf(transfer.Credit)), transfer.Amount).Write(_operations);
            }

            return _operations.WrittenMemory;
        }

        private ReadOnlyMemory<byte> Keep(byte[] envelope)
        {
            if (_buffer.Length - _used < envelope.Length)
            {
                _buffer = GC.AllocateUninitializedArray<byte>(Math.Max(BufferBytes, envelope.Length));
                _used = 0;
            }

            envelope.CopyTo(_buffer, _used);
            _used += envelope.Length;
            return _buffer.AsMemory(_used - envelope.Length, envelope.Length);
        }
    }

    private Hash256 Genesis => genesis;

    private TransferPlan Plan => plan;

    private IReadOnlyList<SigningKey> Keys => keys;
}
