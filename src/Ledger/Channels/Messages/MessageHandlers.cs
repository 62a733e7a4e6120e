using Actors.Ledger.Blocks;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Channels.Messages;

/// <summary>
/// What takes a message that arrived over a channel. It MUST be deterministic, MUST change nothing where it refuses, and its refusal is
/// what the sender's chain learns.
/// </summary>
internal interface IMessageHandler
{
    /// <summary>What senders call it: 1 to 32 of a-z 0-9 . _ -.</summary>
    string Name { get; }

    Outcome Handle(in Packet message, uint channel, TransactionExecution execution);
}

/// <summary>The table of message handlers. Adding one is a line here; contracts will be looked up after these.</summary>
internal static class MessageHandlers
{
    private static readonly IMessageHandler[] All = [new NoteHandler()];

    public static Outcome Handle(in Packet message, uint channel, TransactionExecution execution)
    {
        foreach (var handler in All)
        {
            if (IsNamed(handler.Name, message.Handler))
            {
                return handler.Handle(message, channel, execution);
            }
        }

        return Outcome.HandlerNotFound;
    }

    private static bool IsNamed(string name, ReadOnlySpan<byte> bytes)
    {
        if (name.Length != bytes.Length)
        {
            return false;
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            if (name[i] != bytes[i])
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>Takes any message as a note: it stands in the block that received it, proven to come from the peer, and changes nothing.</summary>
internal sealed class NoteHandler : IMessageHandler
{
    public string Name => "note";

    public Outcome Handle(in Packet message, uint channel, TransactionExecution execution) => Outcome.Committed;
}
