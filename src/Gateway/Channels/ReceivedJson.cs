using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Transactions;

namespace Actors.Gateway.Channels;

/// <summary>What became of a packet that the peer sent; outcome 0: accepted.</summary>
internal sealed record ReceivedJson(ulong Channel, ulong Sequence, bool Accepted, int Outcome, string OutcomeName)
{
    /// <summary>The block, and the transaction and its operation, that received it: its receipt is the proof of the acknowledgement.</summary>
    public required Height Height { get; init; }

    public required TransactionId Transaction { get; init; }

    public required int Operation { get; init; }

    public static ReceivedJson From(ReceivedPacketView view) => new(view.Channel, view.Sequence, view.Outcome == Ledger.Transactions.Outcome.Committed, (int)view.Outcome, view.Outcome.ToString())
    {
        Height = view.Height,
        Transaction = view.Transaction,
        Operation = view.Operation,
    };
}
