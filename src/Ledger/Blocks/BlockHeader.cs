using Actors.Ledger.Hashing;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Blocks;

/// <summary>
/// What is sealed of a block: fixed 305 bytes (docs/wire-format.md section 6) that commit to everything in it, to the state and to
/// all history before it. Its hash is the digest that the sealing key signs.
/// </summary>
public sealed record BlockHeader
{
    public const int Size = 305;
    private const byte StateCutBit = 1;

    public required Hash256 Genesis { get; init; }

    public required Height Height { get; init; }

    public required Hash256 Previous { get; init; }

    public required Timestamp Time { get; init; }

    public required Hash256 TransactionsRoot { get; init; }

    public required Hash256 SignaturesRoot { get; init; }

    public required Hash256 OutcomesRoot { get; init; }

    /// <summary>The height that <see cref="StateRoot"/> belongs to: at most this one, at most 1,000 blocks and a second behind.</summary>
    public required Height StateHeight { get; init; }

    public required Hash256 StateRoot { get; init; }

    public required Hash256 ChannelsRoot { get; init; }

    /// <summary>Over the genesis hash and the hashes of all headers before this one.</summary>
    public required Hash256 HistoryRoot { get; init; }

    public required uint TransactionCount { get; init; }

    public required uint OperationCount { get; init; }

    public required uint ExpiryCount { get; init; }

    public required uint TouchCount { get; init; }

    /// <summary>A later header carries the state root of this height.</summary>
    public required bool StateCut { get; init; }

    /// <summary>Leaves under <see cref="OutcomesRoot"/>; follows from the counts.</summary>
    public ulong EffectLeafCount => TransactionCount + Leaves(ExpiryCount, Limits.ExpiriesPerLeaf) + Leaves(TouchCount, Limits.TouchesPerLeaf);

    public ulong ExpiryLeafCount => Leaves(ExpiryCount, Limits.ExpiriesPerLeaf);

    public byte[] Encode()
    {
        var writer = new WireWriter(Size);
        writer.Bytes("ActorsH1"u8);
        writer.Hash(Genesis);
        writer.U64(Height.Value);
        writer.Hash(Previous);
        writer.U64(Time.Ms);
        writer.Hash(TransactionsRoot);
        writer.Hash(SignaturesRoot);
        writer.Hash(OutcomesRoot);
        writer.U64(StateHeight.Value);
        writer.Hash(StateRoot);
        writer.Hash(ChannelsRoot);
        writer.Hash(HistoryRoot);
        writer.U32(TransactionCount);
        writer.U32(OperationCount);
        writer.U32(ExpiryCount);
        writer.U32(TouchCount);
        writer.U8(StateCut ? StateCutBit : (byte)0);
        return writer.ToArray();
    }

    /// <exception cref="MalformedException">The bytes are no header of this version.</exception>
    public static BlockHeader Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        if (!reader.Bytes(8).SequenceEqual("ActorsH1"u8))
        {
            throw new MalformedException("expected a block header, which starts with ActorsH1");
        }

        var header = new BlockHeader
        {
            Genesis = reader.Hash(),
            Height = new Height(reader.U64()),
            Previous = reader.Hash(),
            Time = new Timestamp(reader.U64()),
            TransactionsRoot = reader.Hash(),
            SignaturesRoot = reader.Hash(),
            OutcomesRoot = reader.Hash(),
            StateHeight = new Height(reader.U64()),
            StateRoot = reader.Hash(),
            ChannelsRoot = reader.Hash(),
            HistoryRoot = reader.Hash(),
            TransactionCount = reader.U32(),
            OperationCount = reader.U32(),
            ExpiryCount = reader.U32(),
            TouchCount = reader.U32(),
            StateCut = ReadFlags(ref reader),
        };
        reader.End("block header");
        return header.StateHeight <= header.Height && header.Height.Value - header.StateHeight.Value <= Limits.StateLagBlocksMax
            ? header
            : throw new MalformedException($"the header of block {header.Height} carries the state of height {header.StateHeight}, expected at most {Limits.StateLagBlocksMax} blocks before it");
    }

    private static bool ReadFlags(ref WireReader reader)
    {
        var flags = reader.U8();
        return flags <= StateCutBit ? flags == StateCutBit : throw new MalformedException($"header flags are 0x{flags:x2}, which has unknown bits");
    }

    private static ulong Leaves(uint count, int perLeaf) => (count + (ulong)perLeaf - 1) / (ulong)perLeaf;
}
