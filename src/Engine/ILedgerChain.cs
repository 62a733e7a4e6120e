using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;

namespace Actors.Engine;

/// <summary>
/// One chain as its users see it. Reads answer as of what is committed (durable), never from what is still being written; with
/// <c>current</c> only after the store confirmed, since the request came, that this writer still holds the chain.
/// </summary>
public interface ILedgerChain
{
    Genesis Genesis { get; }

    /// <summary>Its peers, its channels, and what is on its way over them.</summary>
    IChannelReads Channels { get; }

    /// <summary>
    /// Takes an encoded envelope (docs/wire-format.md section 4) and answers when its block is durable, or at once when it is not
    /// recorded. The memory must not change until then. Cancelling stops the waiting, not the transaction.
    /// </summary>
    /// <exception cref="Faults.EngineFaultException">Overloaded, writes stopped, outcome unknown, or the chain is stopped.</exception>
    ValueTask<SubmissionResult> SubmitAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation);

    /// <summary>What became of a transaction; always current.</summary>
    ValueTask<TransactionLookup> FindTransactionAsync(TransactionId id, CancellationToken cancellation);

    /// <summary>
    /// The receipt file of a recorded transaction, or of one operation of it; null when it is not recorded or there is no such
    /// operation. The same bytes each time.
    /// </summary>
    ValueTask<byte[]?> GetReceiptAsync(TransactionId id, int? operation, CancellationToken cancellation);

    ValueTask<ChainStatus> GetStatusAsync(bool current, CancellationToken cancellation);

    ValueTask<AccountView?> GetAccountAsync(AccountNumber number, bool current, CancellationToken cancellation);

    ValueTask<AccountNumber?> FindAliasAsync(KeysetNumber owner, string alias, CancellationToken cancellation);

    ValueTask<KeysetView?> GetKeysetAsync(KeysetNumber number, bool current, CancellationToken cancellation);

    ValueTask<AssetView?> GetAssetAsync(AssetNumber number, bool current, CancellationToken cancellation);

    ValueTask<PendingView?> GetPendingAsync(PendingNumber number, bool current, CancellationToken cancellation);

    /// <summary>
    /// The record-proof file of an account as of a state root no older than the request: touched, untouched or not existing. May
    /// seal an empty block so that the newest state is provable.
    /// </summary>
    ValueTask<byte[]> ProveAccountAsync(AccountNumber number, CancellationToken cancellation);

    /// <summary>An account's movements, newest first, a page at a time.</summary>
    ValueTask<StatementPage?> GetStatementAsync(AccountNumber number, StatementQuery query, CancellationToken cancellation);

    /// <summary>The statement file over the same entries, for checking offline; null when there is no such account.</summary>
    ValueTask<byte[]?> GetStatementFileAsync(AccountNumber number, StatementQuery query, CancellationToken cancellation);

    /// <summary>The stored bytes of a committed block (header, seal, body); null above the head.</summary>
    ValueTask<ReadOnlyMemory<byte>?> GetBlockAsync(Height height, CancellationToken cancellation);

    /// <summary>Header and seal only.</summary>
    ValueTask<ReadOnlyMemory<byte>?> GetSignedHeaderAsync(Height height, CancellationToken cancellation);

    /// <summary>Proof that the header at <paramref name="height"/> is in the history root of the header at <paramref name="size"/>; null if either is not there.</summary>
    ValueTask<HistoryProof?> ProveHistoryAsync(Height height, Height size, CancellationToken cancellation);

    /// <summary>Completes when a block above <paramref name="after"/> is committed, with the newest committed height.</summary>
    ValueTask<Height> WaitForBlockAsync(Height after, CancellationToken cancellation);

    /// <summary>
    /// Makes and keeps a key that the operator may then name in a ChangeSealingKey operation; a key that the node does not hold is
    /// answered with SealingKeyUnknown.
    /// </summary>
    ValueTask<PublicKey> PrepareSealingKeyAsync(CancellationToken cancellation);

    /// <summary>Writes a consistent copy of the running chain into a new folder; durable on return.</summary>
    ValueTask BackupAsync(string folder, CancellationToken cancellation);
}
