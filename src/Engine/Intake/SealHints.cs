using System.Collections.Concurrent;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Operations;
using Actors.Ledger.State;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Intake;

/// <summary>
/// What the light clients of one chain held when it was last looked, for whoever checks seals ahead of the chain's writer. The chain's writer notes, any thread finds. It is
/// no authority: what is noted may be taken back with its block, and then the writer checks for itself.
/// </summary>
internal sealed class SealHints
{
    private readonly ConcurrentDictionary<uint, SealHint> _hints = new();
    private uint _noted;

    /// <summary>Begins with all that the chain knows; used where the chain is opened.</summary>
    public SealHints(ChainState state) => NoteNew(state);

    public SealHint? Find(uint peer) => _hints.TryGetValue(peer, out var hint) ? hint : null;

    /// <summary>After the transaction was executed and recorded, so that the records it is about are in memory. Called by the chain's writer only.</summary>
    public void Note(ChainState state, Transaction transaction)
    {
        NoteNew(state);
        if (transaction.Kind != TransactionKind.Proven)
        {
            return;
        }

        for (var i = 0; i < transaction.OperationCount; i++)
        {
            if ((OperationType)transaction.Operation(i)[0] == OperationType.UpdatePeer)
            {
                Note(state, UpdatePeer.PeerOf(transaction.Operation(i)));
            }
        }
    }

    private void NoteNew(ChainState state)
    {
        for (_noted = Math.Min(_noted, state.Peers.Count); _noted < state.Peers.Count;)
        {
            Note(state, ++_noted);
        }
    }

    private void Note(ChainState state, uint number)
    {
        if (state.Peers.Exists(number))
        {
            ref readonly var peer = ref state.Peers.Read(number);
            _hints[number] = new SealHint(peer.Genesis, peer.Height, peer.SealingKey);
        }
    }
}
