using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Hashing;
using Actors.Ledger.Signing;

namespace Actors.Gateway.Blocks;

/// <summary>A header and its seal for people; what proves is the bytes.</summary>
internal sealed record HeaderJson(Height Height, Hash256 Hash, Hash256 Previous, Timestamp Time)
{
    public required Hash256 TransactionsRoot { get; init; }

    public required Hash256 SignaturesRoot { get; init; }

    public required Hash256 OutcomesRoot { get; init; }

    public required Height StateHeight { get; init; }

    public required Hash256 StateRoot { get; init; }

    public required Hash256 ChannelsRoot { get; init; }

    public required Hash256 HistoryRoot { get; init; }

    public required uint TransactionCount { get; init; }

    public required uint OperationCount { get; init; }

    public required uint ExpiryCount { get; init; }

    public required uint PacketCount { get; init; }

    public required uint TouchCount { get; init; }

    public required bool StateCut { get; init; }

    public required Json.HexBytes Seal { get; init; }

    public static HeaderJson From(BlockHeader header, Hash256 hash, in Signature seal) => new(header.Height, hash, header.Previous, header.Time)
    {
        TransactionsRoot = header.TransactionsRoot,
        SignaturesRoot = header.SignaturesRoot,
        OutcomesRoot = header.OutcomesRoot,
        StateHeight = header.StateHeight,
        StateRoot = header.StateRoot,
        ChannelsRoot = header.ChannelsRoot,
        HistoryRoot = header.HistoryRoot,
        TransactionCount = header.TransactionCount,
        OperationCount = header.OperationCount,
        ExpiryCount = header.ExpiryCount,
        PacketCount = header.PacketCount,
        TouchCount = header.TouchCount,
        StateCut = header.StateCut,
        Seal = new Json.HexBytes(seal.AsSpan().ToArray()),
    };
}

/// <summary>That one header is in the history of another: an RFC 6962 path.</summary>
internal sealed record HistoryProofJson(Height Height, Height Size, Hash256 HeaderHash, Hash256 HistoryRoot, IReadOnlyList<Hash256> Path)
{
    public static HistoryProofJson From(HistoryProof proof) => new(proof.Height, proof.Size, proof.HeaderHash, proof.HistoryRoot, proof.Path);
}
