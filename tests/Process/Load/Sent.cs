using Actors.Cli.Client;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.ProcessTests.Load;

/// <summary>A transaction that was signed and sent, what is in it, and what the node said of it.</summary>
internal sealed class Sent(Transaction transaction, IReadOnlyList<IOperation> operations, byte[] envelope)
{
    public string Id { get; } = transaction.Id.ToString();

    public IReadOnlyList<IOperation> Operations => operations;

    public byte[] Envelope => envelope;

    /// <summary>The node said that it is recorded, before any kill or after one.</summary>
    public bool IsAcknowledged { get; private set; }

    /// <summary>The node said that it did not take it.</summary>
    public bool IsTurnedAway { get; set; }

    /// <summary>Sent in a stream, whose end may come before its answer.</summary>
    public bool IsStreamed { get; set; }

    /// <summary>The first answer with its place; a stream's answer says none, so it is learned later.</summary>
    public TransactionAnswer? Answer { get; private set; }

    public byte[]? Receipt { get; set; }

    public bool IsRecorded => Answer is not null;

    public void Acknowledge() => IsAcknowledged = true;

    public void Acknowledge(TransactionAnswer answer)
    {
        Answer = answer;
        IsAcknowledged = true;
    }
}
