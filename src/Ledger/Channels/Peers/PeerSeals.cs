using Actors.Ledger.Blocks;
using Actors.Ledger.Signing;

namespace Actors.Ledger.Channels.Peers;

/// <summary>The seals of one update in their order, beginning with the key that the light client holds: what was checked ahead for that key is not checked again.</summary>
internal struct PeerSeals(TransactionExecution execution, PublicKey first)
{
    private int _next;

    public bool Verify(in PublicKey key, ReadOnlySpan<byte> header, in Signature seal)
    {
        var index = _next++;
        return execution.Seals?.Find(execution.Operation, first, index) ?? execution.State.SealKeys.Verify(key, header, seal);
    }
}
