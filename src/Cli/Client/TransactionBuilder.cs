using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;

namespace Actors.Cli.Client;

/// <summary>
/// Collects operations and turns them into the bytes that are submitted. Adding an operation that creates something gives the
/// reference by which later operations of the same transaction name it.
/// </summary>
public sealed class TransactionBuilder(Hash256 genesis, TransactionKind kind = TransactionKind.Atomic)
{
    private readonly List<IOperation> _operations = [];
    private int _created;

    public IReadOnlyList<IOperation> Operations => _operations;

    /// <summary>Adds an operation that later ones need not name.</summary>
    public TransactionBuilder Add(IOperation operation)
    {
        Create(operation);
        return this;
    }

    /// <summary>Adds an operation that creates a keyset, an asset or a pending.</summary>
    public EntityReference Create(IOperation operation)
    {
        _operations.Add(operation);
        return EntityReference.Created(OperationCodec.Creates(operation.Type) == CreatedKind.None ? _created : _created++);
    }

    /// <summary>Adds an opening of accounts; the result names the member at <c>offset</c> from 0.</summary>
    public Func<ulong, AccountReference> Open(OpenAccounts operation)
    {
        var index = (int)Create(operation).Value;
        return offset => AccountReference.Created(index, offset);
    }

    /// <exception cref="Actors.Ledger.Wire.MalformedException">An operation is not what the wire format allows.</exception>
    public Transaction Build(Timestamp expiry) =>
        Transaction.Create(genesis, expiry, kind, _operations.Count, OperationCodec.Encode(_operations));

    /// <summary>The envelope: each key signs the same bytes once.</summary>
    public byte[] Sign(Transaction transaction, IEnumerable<SigningKey> keys) =>
        Envelope.Encode(genesis, transaction, [.. keys.Select(key => new Signer(key.Public, key.Sign(transaction.SignedMessage.Span)))]);
}
