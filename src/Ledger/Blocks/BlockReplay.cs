using Actors.Ledger.Hashing;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.State;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Blocks;

/// <summary>
/// Executes stored blocks again and requires every byte to come out as it is stored: transactions, effects, roots, header. It
/// checks seals; the signatures of transactions too when asked (audit), otherwise it trusts the seal for them.
/// </summary>
internal sealed class BlockReplay(ChainState state, SignatureCheck? signatures = null)
{
    private readonly Dictionary<ulong, (Hash256 Root, ulong TimeMs)> _cuts = StartingAt(state.Head);

    /// <summary>Notes root and block time of a height that a header may carry although its block was executed before this replay began.</summary>
    public void Know(ulong height, ulong timeMs, in Hash256 root) => _cuts[height] = (root, timeMs);

    /// <summary>Replays the next block and gives the draft that came out equal to it.</summary>
    /// <exception cref="BrokenInvariantException">Something does not come out as stored; the message says what.</exception>
    /// <exception cref="MalformedException">The bytes are no block.</exception>
    public BlockDraft Replay(ReadOnlyMemory<byte> bytes) => Replay(Block.Parse(bytes));

    /// <exception cref="BrokenInvariantException">Something does not come out as stored; the message says what.</exception>
    /// <exception cref="MalformedException">A part of the block does not decode.</exception>
    public BlockDraft Replay(Block block)
    {
        var (header, bytes) = (block.Header, block.Bytes);
        Require(header.Height.Value == state.Head.Height + 1, header, $"is not the next after {state.Head.Height}");
        Require(header.Genesis == state.Genesis.Hash, header, "is of another chain");
        Require(header.Previous == state.Head.HeaderHash, header, $"follows {header.Previous}, expected {state.Head.HeaderHash}");
        Require(header.HistoryRoot == state.Head.History.Root(), header, "has another history root than the headers before it");
        Require(Es256.Verify(state.Chain.SealingKey, bytes.Span[..BlockHeader.Size], block.Seal), header, "has a seal that is not by the sealing key");
        Require(header.StateHeight.Value >= state.Head.StateHeight, header, $"carries the state of height {header.StateHeight}, its predecessor a later one");
        Require(header.Time.Ms >= state.Head.TimeMs, header, $"is stamped {header.Time.Ms}, before its predecessor's {state.Head.TimeMs}");
        var choice = Choice(header);
        var execution = new BlockExecution(state, header.Time.Ms);
        foreach (var recorded in block.Transactions)
        {
            Execute(execution, recorded, header);
        }

        Require(execution.IsWithinLimits, header, $"has {execution.OperationCount} operations in {execution.Bytes} bytes, more than the genesis allows");
        var draft = execution.Finish(choice);
        if (draft.Cut is { } cut)
        {
            var carriedTimeMs = header.StateHeight == header.Height ? header.Time.Ms : _cuts[header.StateHeight.Value].TimeMs;
            _cuts.Clear();
            Know(header.Height.Value, header.Time.Ms, (cut.Roots ?? cut.Compute()).Root);
            Know(header.StateHeight.Value, carriedTimeMs, header.StateRoot);
        }

        Compare(header, draft, bytes);
        return draft;
    }

    private static void Compare(BlockHeader header, BlockDraft draft, ReadOnlyMemory<byte> bytes)
    {
        Require(draft.Header.StateRoot == header.StateRoot, header, $"has state root {header.StateRoot}, replay gives {draft.Header.StateRoot}");
        Require(draft.Header.OutcomesRoot == header.OutcomesRoot, header, $"has outcomes root {header.OutcomesRoot}, replay gives {draft.Header.OutcomesRoot}");
        Require(draft.EncodedHeader.AsSpan().SequenceEqual(bytes.Span[..BlockHeader.Size]), header, $"has another header than replay gives: {header}; {draft.Header}");
        Require(draft.Body.Span.SequenceEqual(bytes.Span[(BlockHeader.Size + Signature.Size)..]), header, "has another body than replay gives");
    }

    private StateRootChoice Choice(BlockHeader header)
    {
        if (header.StateHeight == header.Height)
        {
            return StateRootChoice.Now;
        }

        Require(_cuts.TryGetValue(header.StateHeight.Value, out var cut), header, $"carries the state root of height {header.StateHeight}, where no cut was made");
        var (root, timeMs) = cut;
        Require(header.Time.Ms - timeMs <= Limits.StateLagMsMax, header, $"carries a state root {header.Time.Ms - timeMs} ms old, at most {Limits.StateLagMsMax} are allowed");
        return header.StateCut ? StateRootChoice.CarryAndCut(header.StateHeight.Value, root) : StateRootChoice.Carry(header.StateHeight.Value, root);
    }

    private static Dictionary<ulong, (Hash256 Root, ulong TimeMs)> StartingAt(ChainHead head) =>
        head.StateHeight == head.Height ? new() { [head.Height] = (head.StateRoot, head.TimeMs) } : [];

    private void Execute(BlockExecution execution, RecordedTransaction recorded, BlockHeader header)
    {
        var signers = Signers(recorded, header);
        if (signatures is not null)
        {
            signatures.Check(recorded.Transaction, signers, header.Height);
        }

        var result = execution.Execute(recorded.Transaction, signers);
        Require(result.IsRecorded, header, $"holds transaction {recorded.Transaction.Id}, which must not be recorded: {result.Outcome}");
    }

    private Signer[] Signers(RecordedTransaction recorded, BlockHeader header)
    {
        var reader = new WireReader(recorded.SignatureSection.Span);
        var count = reader.U8();
        var isProven = recorded.Transaction.Kind == TransactionKind.Proven;
        Require(isProven ? count == 0 : count is > 0 and <= Limits.SignaturesPerTransactionMax, header, $"holds transaction {recorded.Transaction.Id} with {count} signatures");
        var signers = new Signer[count];
        for (var i = 0; i < signers.Length; i++)
        {
            var reference = SignerReference.Read(ref reader);
            signers[i] = new Signer(KeyOf(reference, recorded.Transaction, header), new Signature(reader.Bytes(Signature.Size)));
        }

        reader.End("signature section");
        return signers;
    }

    private PublicKey KeyOf(in SignerReference reference, Transaction transaction, BlockHeader header)
    {
        if (reference.Keyset.IsCreated)
        {
            var definition = CreatedKeyset(transaction, reference.Keyset.CreatedIndex);
            Require(definition is not null && reference.KeyIndex < definition.Keys.Count, header, "has a signature by a keyset that its transaction does not open");
            return definition!.Keys[reference.KeyIndex].Key;
        }

        Require(state.Keysets.Exists(reference.Keyset.Number), header, $"has a signature by keyset {reference.Keyset.Number}, which is not there");
        var record = state.Keysets.Read(reference.Keyset.Number);
        Require(reference.KeyIndex < record.KeyCount, header, $"has a signature by key {reference.KeyIndex} of keyset {reference.Keyset.Number}, which has {record.KeyCount}");
        return state.Keysets.KeyAt(record, reference.KeyIndex).Key;
    }

    private static KeysetDefinition? CreatedKeyset(Transaction transaction, int index)
    {
        for (var i = 0; i < transaction.OperationCount; i++)
        {
            var type = (OperationType)transaction.Operation(i)[0];
            if (OperationCodec.Creates(type) != CreatedKind.None && index-- == 0)
            {
                return type == OperationType.OpenKeyset ? ((OpenKeyset)OperationCodec.Read(transaction.Operation(i))).Keyset : null;
            }
        }

        return null;
    }

    private static void Require(bool holds, BlockHeader header, string complaint)
    {
        if (!holds)
        {
            throw new BrokenInvariantException($"block {header.Height} {complaint}");
        }
    }
}
