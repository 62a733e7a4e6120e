using Actors.Ledger.Hashing;
using Actors.Ledger.Signing;
using Actors.Ledger.State;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Blocks;

/// <summary>A finished block that is not yet committed: its bytes but for the seal, and the means to take it back.</summary>
internal sealed class BlockDraft(
    ChainState state,
    BlockHeader header,
    byte[] encodedHeader,
    Hash256 hash,
    ReadOnlyMemory<byte> body,
    ChainHead previous,
    BlockWorkspace work,
    List<TransactionId> ids,
    List<Dictionary<TransactionId, TransactionPlace>> forgottenIds,
    StateCut? cut,
    PublicKey? changedSealingKey)
{
    public BlockHeader Header => header;

    public byte[] EncodedHeader => encodedHeader;

    public Hash256 Hash => hash;

    public ReadOnlyMemory<byte> Body => body;

    /// <summary>Before-images of what this block changed, for reads as of the block before.</summary>
    public UndoLog Undo => work.Undo;

    public IReadOnlyList<TransactionId> Ids => ids;

    /// <summary>The effect leaf of transaction <paramref name="index"/>; valid while the draft lives.</summary>
    public ReadOnlySpan<byte> EffectLeaf(int index) =>
        work.Effects.Written[(index == 0 ? 0 : work.EffectEnds[index - 1])..work.EffectEnds[index]];

    /// <summary>The state cut that began at this block: computed already when the header carries it.</summary>
    public StateCut? Cut => cut;

    /// <summary>Set when the block changes the sealing key, from the next height on.</summary>
    public PublicKey? ChangedSealingKey => changedSealingKey;

    /// <summary>The whole block: header, seal, body.</summary>
    public byte[] Encode(in Signature seal)
    {
        var bytes = new byte[BlockHeader.Size + Signature.Size + body.Length];
        encodedHeader.CopyTo(bytes, 0);
        seal.AsSpan().CopyTo(bytes.AsSpan(BlockHeader.Size));
        body.CopyTo(bytes.AsMemory(BlockHeader.Size + Signature.Size));
        return bytes;
    }

    /// <summary>
    /// Takes the block back; any later block MUST have been taken back before. A cut that began here MUST still be computed: it
    /// holds changes of earlier blocks that no later cut looks at again.
    /// </summary>
    public void RollBack()
    {
        work.Undo.RollBackTo(0);
        state.Reindex();
        foreach (var id in ids)
        {
            state.Ids.Remove(id);
        }

        state.Ids.Restore(forgottenIds);
        state.Head = previous;
        Release();
    }

    /// <summary>The block is committed or taken back: its workspace serves a next one. Body, undo and effects are gone with it.</summary>
    public void Release() => state.GiveBack(work);
}
