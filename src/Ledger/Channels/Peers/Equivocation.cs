using Actors.Ledger.Hashing;
using Actors.Ledger.Proofs;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels.Peers;

/// <summary>
/// Two headers of one chain, each anchored in its genesis and sealed: of the same height with another hash, or the later one with another
/// header in its history at the earlier one's height, which <paramref name="HistoryPath"/> shows. Portable: nothing else is needed to judge it.
/// </summary>
/// <param name="Earlier">The header of the lower height, or either of the same.</param>
/// <param name="Later">The other one.</param>
/// <param name="InHistory">The header hash that the later one's history has at the earlier one's height; not used at the same height.</param>
/// <param name="HistoryPath">From that hash to the later one's history root; null at the same height.</param>
public sealed record Equivocation(Anchor Earlier, Anchor Later, Hash256 InHistory, IReadOnlyList<Hash256>? HistoryPath)
{
    private const byte SameHeightMarker = 0xFF;

    /// <summary>The lowest height at which the two headers contradict each other.</summary>
    public Height Height => Earlier.Header.Height;

    /// <summary>Whether the two cannot both be true; says nothing about who sealed them.</summary>
    public bool Contradicts => HistoryPath is null ? AreTwo() : HasAnother(HistoryPath);

    /// <summary>Whether both headers are anchored in the genesis with this hash; says nothing about who sealed them.</summary>
    public bool IsOf(in Hash256 genesis) => Earlier.Genesis.Hash == genesis && Later.Genesis.Hash == genesis;

    /// <summary>Whether both headers are sealed by the chain with this genesis hash.</summary>
    public bool IsSealedBy(in Hash256 genesis) => IsOf(genesis) && AnchorChecks.Hold(Earlier, genesis) && AnchorChecks.Hold(Later, genesis);

    /// <summary>
    /// What two proof files (receipts, say) prove together, whose headers have the same height and are not the same; null when they do not contradict each
    /// other so. Headers of different heights take a path of the history, which such files do not have.
    /// </summary>
    /// <exception cref="MalformedException">One of them is no proof file with a header.</exception>
    public static Equivocation? Between(ReadOnlySpan<byte> file, ReadOnlySpan<byte> other)
    {
        var equivocation = new Equivocation(ProofFile.AnchorOf(file), ProofFile.AnchorOf(other), default, null);
        return equivocation.Earlier.Genesis.Hash == equivocation.Later.Genesis.Hash && equivocation.Contradicts ? equivocation : null;
    }

    /// <summary>The file that convicts the chain before anybody (docs/wire-format.md section 8.7).</summary>
    public byte[] Encode()
    {
        var writer = ProofFile.Begin(ProofFileKind.Equivocation);
        Write(writer);
        return ProofFile.End(writer);
    }

    /// <summary>Decodes such a file. Form only: nothing is verified but the file hash.</summary>
    /// <exception cref="MalformedException">The bytes are no equivocation file.</exception>
    public static Equivocation Decode(ReadOnlySpan<byte> file)
    {
        var reader = ProofFile.Open(file, ProofFileKind.Equivocation);
        var equivocation = Read(ref reader);
        reader.End("equivocation file");
        return equivocation;
    }

    internal void Write(WireWriter writer)
    {
        Earlier.Write(writer);
        Later.Write(writer);
        if (HistoryPath is null)
        {
            writer.U8(SameHeightMarker);
            return;
        }

        HashPath.Write(writer, HistoryPath);
        writer.Hash(InHistory);
    }

    internal static Equivocation Read(ref WireReader reader)
    {
        var earlier = Anchor.Read(ref reader);
        var later = Anchor.Read(ref reader);
        var length = reader.U8();
        return length == SameHeightMarker
            ? new Equivocation(earlier, later, default, null)
            : new Equivocation(earlier, later, HistoryPath: HashPath.Read(ref reader, length), InHistory: reader.Hash());
    }

    private bool AreTwo() => Earlier.Header.Height == Later.Header.Height && HashOf(Earlier) != HashOf(Later);

    private bool HasAnother(IReadOnlyList<Hash256> path) =>
        Earlier.Header.Height < Later.Header.Height
        && InHistory != HashOf(Earlier)
        && MerkleTree.TryRootFromPath(MerkleTree.LeafHash(InHistory.AsSpan()), Earlier.Header.Height.Value, Later.Header.Height.Value, [.. path], out var root)
        && root == Later.Header.HistoryRoot;

    private static Hash256 HashOf(Anchor anchor) => Sha256.Of(anchor.Header.Encode());
}
