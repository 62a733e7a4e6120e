using Actors.Engine.Chains;
using Actors.Engine.Faults;
using Actors.Engine.History;
using Actors.Engine.Intake;
using Actors.Engine.Sealing;
using Actors.Engine.Stores;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Recovery;

/// <summary>
/// Goes on with a chain whose store lost blocks that had been acknowledged. The first thing the chain then records is what was lost, signed by its operator,
/// together with a new sealing key: whoever holds a header that was lost can tell from the key on which side of the loss it lies. Interrupted, the same is
/// done again; until it ends nobody else opens the chain.
/// </summary>
/// <remarks>
/// The old key sealed the lost blocks and seals the block that records their loss, so at that height it has sealed twice. That is the truth, and peers that
/// hold a lost header say so: their operators resume the peer by naming the branch that they keep.
/// </remarks>
public sealed class LossRecovery : IAsyncDisposable
{
    private const int VerifiersMax = 1;
    private const int KeysMax = 64;
    private readonly ReopenedChain _reopened;
    private readonly ISealingKeys _keys;
    private readonly LedgerNodeOptions _options;
    private readonly DueQueue _due;
    private LedgerChain? _chain;

    private LossRecovery(ReopenedChain reopened, Genesis genesis, ISealingKeys keys, LedgerNodeOptions options, NotedHead? known)
    {
        _reopened = reopened;
        _keys = keys;
        _options = options;
        _due = new DueQueue(options.Clock);
        Genesis = genesis;
        Head = reopened.Store.ReadHead();
        Recorded = FindRecorded(known);
        Lost = Recorded ?? Find(known);
    }

    public Genesis Genesis { get; }

    /// <summary>Where the store's log ends.</summary>
    public StoredHead Head { get; private set; }

    /// <summary>What the store does not have, as far as is known; null when it has all.</summary>
    public LostBlocks? Lost { get; }

    /// <summary>What the head says was lost, when an earlier attempt came that far; what is left to do is <see cref="Accept"/>.</summary>
    public LostBlocks? Recorded { get; }

    /// <summary>Opens a chain that lost blocks, and keeps everybody else from opening it where that is noted beside the store.</summary>
    /// <param name="store">Where the chain is; stays the caller's.</param>
    /// <param name="keys">Where its sealing keys are.</param>
    /// <param name="chain">Which.</param>
    /// <param name="told">A head that the chain had, where nothing is noted beside the store: from a receipt, or from what a node said when it stopped.</param>
    /// <param name="options">Clock and limits of the node.</param>
    /// <exception cref="EngineFaultException">The store failed, or what is in it is not a chain.</exception>
    public static LossRecovery Open(INodeStore store, ISealingKeyring keys, ChainId chain, NotedHead? told, LedgerNodeOptions options) => EngineFaults.Translate(() =>
    {
        var reopened = store.ReopenAfterLoss(chain.Value);
        try
        {
            return new LossRecovery(reopened, StoredGenesis.Parse(reopened.Store), keys.Of(chain), options, reopened.Noted ?? told);
        }
        catch
        {
            reopened.Store.Dispose();
            throw;
        }
    });

    /// <summary>Makes the key that seals from the next block on. Durable on return.</summary>
    public PublicKey CreateSealingKey() => EngineFaults.Translate(_keys.Create);

    /// <summary>Commits the operator's transaction, a <see cref="ChangeSealingKey"/> that names <see cref="Lost"/>. Durable on return.</summary>
    /// <exception cref="EngineFaultException">It is not recorded, unless the exception says that this is not known.</exception>
    public async Task<SubmissionResult> RecordAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation)
    {
        _chain ??= EngineFaults.Translate(() => new LedgerChain(
            ChainRecovery.Recover(Genesis, _reopened.Store), _reopened.Store, _keys, _options.Clock, new VerifyPool(VerifiersMax, KeysMax), _options.Chain, _due.Schedule));
        var result = await _chain.SubmitAsync(envelope, cancellation).ConfigureAwait(false);
        Head = EngineFaults.Translate(_reopened.Store.ReadHead);
        return result;
    }

    /// <summary>Forgets what was noted and lost: from now on the chain is opened as any other. Durable on return.</summary>
    /// <exception cref="InvalidOperationException">The head does not say what was lost.</exception>
    public void Accept()
    {
        if (Lost is { } lost && FindRecorded(new NotedHead(lost.Last, lost.Header)) is null)
        {
            throw new InvalidOperationException($"expected block {Head.Height} to say that blocks {lost.First} to {lost.Last} were lost, found that it does not");
        }

        EngineFaults.Translate(_reopened.Accept);
    }

    public async ValueTask DisposeAsync()
    {
        if (_chain is { } chain)
        {
            await chain.DisposeAsync().ConfigureAwait(false);
        }
        else
        {
            _reopened.Store.Dispose();
        }

        _due.Dispose();
    }

    private LostBlocks? Find(NotedHead? known)
    {
        if (known is not { } head || Holds(head))
        {
            return null;
        }

        var first = Math.Min(Head.Height + 1, head.Height);
        return new LostBlocks(first, (uint)Math.Min(uint.MaxValue, head.Height - first + 1), head.Hash);
    }

    private bool Holds(NotedHead head)
    {
        Span<Hash256> hash = stackalloc Hash256[1];
        return head.Height == 0 ? head.Hash == Genesis.Hash : _reopened.Store.ReadHeaderHashes(head.Height, hash) == 1 && hash[0] == head.Hash;
    }

    private LostBlocks? FindRecorded(NotedHead? known)
    {
        if (known is not { } head || Head.Height == 0)
        {
            return null;
        }

        var block = StoredBlocks.Parse(_reopened.Store, new Height(Head.Height));
        for (var i = 0; i < block.Transactions.Count; i++)
        {
            if (block.Effect(i).Outcome == Outcome.Committed
                && OperationCodec.Read(block.Transactions[i].Transaction.Operation(0)) is ChangeSealingKey { Lost: { } lost } && lost.Last == head.Height && lost.Header == head.Hash)
            {
                return lost;
            }
        }

        return null;
    }
}
