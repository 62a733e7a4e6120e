using Actors.Ledger.Accounts;
using Actors.Ledger.Channels;
using Actors.Ledger.Pendings;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Blocks;

/// <summary>What one operation did, where it did more than succeed: it failed, created something or settled pendings.</summary>
public readonly record struct OperationEffect(int Operation, Outcome Outcome, ulong Created, IReadOnlyList<Settlement> Settlements)
{
    /// <summary>What a receive wrote.</summary>
    public WrittenAcknowledgement? Acknowledgement { get; init; }
}

/// <summary>
/// The leaf that a receive appended to its channel's acknowledgement tree, and the block that appended the one before (0: none): so acknowledgements
/// are found by walking backwards from where the channel stands.
/// </summary>
public sealed record WrittenAcknowledgement(ReadOnlyMemory<byte> Leaf, Height Before);

/// <summary>What a block records of a transaction: its outcome, which operation failed (of an atomic one), and the effects.</summary>
public sealed record TransactionEffect(Outcome Outcome, int FailedOperation, IReadOnlyList<OperationEffect> Operations);

/// <summary>Decodes the effect leaves of a block (docs/wire-format.md section 6).</summary>
public static class EffectLeaf
{
    internal const byte TransactionTag = 0;
    internal const byte ExpiryTag = 1;
    internal const byte TouchTag = 2;
    internal const byte PacketTag = 3;

    /// <summary>Decodes the leaf of a transaction with so many operations.</summary>
    public static TransactionEffect ReadTransaction(ReadOnlySpan<byte> leaf, int operationCount)
    {
        var reader = Open(leaf, TransactionTag);
        var outcome = (Outcome)reader.Varint(0, ushort.MaxValue, "outcome");
        var failed = outcome == Outcome.Committed ? -1 : (int)reader.Varint(0, (ulong)operationCount - 1, "failed operation");
        var entries = new OperationEffect[reader.Varint(0, (ulong)operationCount, "entry count")];
        var next = 0UL;
        var settlements = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            var operation = next + reader.Varint(0, (ulong)operationCount, "operation index");
            if (operation >= (ulong)operationCount)
            {
                throw new MalformedException($"an effect is of operation {operation}, the transaction has {operationCount}");
            }

            entries[i] = ReadEntry(ref reader, (int)operation);
            next = operation + 1;
            settlements += entries[i].Settlements.Count;
            if (settlements > Limits.SettlementsPerTransactionMax)
            {
                throw new MalformedException($"a transaction settles {settlements} pendings, at most {Limits.SettlementsPerTransactionMax} are allowed");
            }
        }

        reader.End("effect leaf");
        return new TransactionEffect(outcome, failed, entries);
    }

    /// <summary>Encodes what <see cref="ReadTransaction"/> decoded: the same bytes again.</summary>
    public static void WriteTransaction(WireWriter leaf, TransactionEffect effect)
    {
        leaf.U8(TransactionTag);
        leaf.Varint((ulong)effect.Outcome);
        if (effect.Outcome != Outcome.Committed)
        {
            leaf.Varint((ulong)effect.FailedOperation);
        }

        leaf.Varint((ulong)effect.Operations.Count);
        var next = 0;
        foreach (var operation in effect.Operations)
        {
            leaf.Varint((ulong)(operation.Operation - next));
            WriteEntry(leaf, operation.Outcome, operation.Acknowledgement, operation.Created, [.. operation.Settlements]);
            next = operation.Operation + 1;
        }
    }

    public static IReadOnlyList<Settlement> ReadExpiries(ReadOnlySpan<byte> leaf)
    {
        var reader = Open(leaf, ExpiryTag);
        var settlements = ReadSettlements(ref reader, reader.Varint(), Limits.ExpiriesPerLeaf);
        reader.End("expiry leaf");
        return settlements;
    }

    public static IReadOnlyList<PacketEffect> ReadPackets(ReadOnlySpan<byte> leaf)
    {
        var reader = Open(leaf, PacketTag);
        var effects = new PacketEffect[reader.Varint(1, Limits.PacketEffectsPerLeaf, "packet effect count")];
        for (var i = 0; i < effects.Length; i++)
        {
            effects[i] = PacketEffect.Read(ref reader);
        }

        reader.End("packet leaf");
        return effects;
    }

    public static IReadOnlyList<Touch> ReadTouches(ReadOnlySpan<byte> leaf, Height height)
    {
        var reader = Open(leaf, TouchTag);
        var touches = new Touch[reader.Varint(1, Limits.TouchesPerLeaf, "touch count")];
        for (var i = 0; i < touches.Length; i++)
        {
            touches[i] = Touch.Read(ref reader, height.Value);
        }

        reader.End("touch leaf");
        return touches;
    }

    private static WireReader Open(ReadOnlySpan<byte> leaf, byte tag)
    {
        var reader = new WireReader(leaf);
        var found = reader.U8();
        return found == tag ? reader : throw new MalformedException($"effect leaf has tag {found}, expected {tag}");
    }

    /// <summary>One entry after its index: of a committed operation what it wrote, created (from 1; 0: nothing) or settled.</summary>
    internal static void WriteEntry(WireWriter leaf, Outcome outcome, WrittenAcknowledgement? acknowledgement, ulong created, ReadOnlySpan<Settlement> settlements)
    {
        leaf.Varint((ulong)outcome);
        if (outcome != Outcome.Committed)
        {
            return;
        }

        if (acknowledgement is not null)
        {
            leaf.Varint(0);
            leaf.Sized(acknowledgement.Leaf.Span);
            leaf.Varint(acknowledgement.Before.Value);
            return;
        }

        leaf.Varint(created > 0 ? (created << 1) | 1 : (ulong)settlements.Length << 1);
        foreach (ref readonly var settlement in settlements)
        {
            settlement.Write(leaf);
        }
    }

    private static OperationEffect ReadEntry(ref WireReader reader, int operation)
    {
        var outcome = (Outcome)reader.Varint(0, ushort.MaxValue, "outcome");
        if (outcome != Outcome.Committed)
        {
            return new OperationEffect(operation, outcome, 0, []);
        }

        var encoded = reader.Varint();
        if (encoded == 0)
        {
            var leaf = reader.Bytes((int)reader.Varint(1, Limits.EncodedBlockBytesMax, "acknowledgement length")).ToArray();
            Channels.Settling.Acknowledgement.Parse(leaf);
            return new OperationEffect(operation, outcome, 0, []) { Acknowledgement = new WrittenAcknowledgement(leaf, new Height(reader.Varint())) };
        }

        if (encoded == 1)
        {
            throw new MalformedException($"operation {operation} created number 0, numbers start at 1");
        }

        return (encoded & 1) == 1
            ? new OperationEffect(operation, outcome, encoded >> 1, [])
            : new OperationEffect(operation, outcome, 0, ReadSettlements(ref reader, encoded >> 1, Limits.OperationsPerTransactionMax));
    }

    private static Settlement[] ReadSettlements(ref WireReader reader, ulong count, int max)
    {
        if (count < 1 || count > (ulong)max)
        {
            throw new MalformedException($"settlement count is {count}, expected 1 to {max}");
        }

        var settlements = new Settlement[count];
        for (var i = 0; i < settlements.Length; i++)
        {
            settlements[i] = Settlement.Read(ref reader);
        }

        return settlements;
    }
}
