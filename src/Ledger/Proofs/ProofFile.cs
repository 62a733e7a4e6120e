using Actors.Ledger.Hashing;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Proofs;

/// <summary>
/// What all proof files share (docs/wire-format.md section 8): a magic in front, the hash of all bytes before it at the end.
/// Roots and seal alone would not notice every change of a byte: a leaf proves all of its records, so another account number
/// would make it another true proof. With the hash at the end a damaged file is refused; it protects from nobody who forges.
/// </summary>
internal static class ProofFile
{
    private const int MagicBytes = 8;

    public static ReadOnlySpan<byte> Magic(ProofFileKind kind) => kind switch
    {
        ProofFileKind.Receipt => "ActorsR1"u8,
        ProofFileKind.RecordProof => "ActorsP1"u8,
        ProofFileKind.Statement => "ActorsL1"u8,
        ProofFileKind.Packet => "ActorsK1"u8,
        ProofFileKind.Equivocation => "ActorsE1"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such proof file"),
    };

    public static ProofFileKind KindOf(ReadOnlySpan<byte> file)
    {
        for (var kind = ProofFileKind.Receipt; kind <= ProofFileKind.Equivocation; kind++)
        {
            if (file.StartsWith(Magic(kind)))
            {
                return kind;
            }
        }

        return ProofFileKind.Unknown;
    }

    /// <summary>The anchor of a proof file that has one.</summary>
    /// <exception cref="MalformedException">The bytes are no receipt, record proof, statement or packet file.</exception>
    public static Anchor AnchorOf(ReadOnlySpan<byte> file) => KindOf(file) switch
    {
        ProofFileKind.Receipt => Receipt.Decode(file).Anchor,
        ProofFileKind.RecordProof => RecordProofFile.Decode(file).Anchor,
        ProofFileKind.Statement => Statement.Decode(file).Anchor,
        ProofFileKind.Packet => PacketProof.Decode(file).Anchor,
        _ => throw new MalformedException("expected a receipt, a record proof, a statement or a packet file"),
    };

    public static WireWriter Begin(ProofFileKind kind)
    {
        var writer = new WireWriter(4096);
        writer.Bytes(Magic(kind));
        return writer;
    }

    /// <summary>Appends the file hash.</summary>
    public static byte[] End(WireWriter writer)
    {
        writer.Hash(Sha256.Of(writer.Written));
        return writer.ToArray();
    }

    /// <summary>Checks magic and file hash, and gives a reader over what is between them.</summary>
    /// <exception cref="MalformedException">The file is of another kind, too short or damaged.</exception>
    public static WireReader Open(ReadOnlySpan<byte> file, ProofFileKind kind)
    {
        if (!file.StartsWith(Magic(kind)))
        {
            throw new MalformedException($"expected a file that starts with {System.Text.Encoding.ASCII.GetString(Magic(kind))}");
        }

        if (file.Length < MagicBytes + Hash256.Size)
        {
            throw new MalformedException($"the file has {file.Length} bytes, expected at least {MagicBytes + Hash256.Size}");
        }

        var stated = new Hash256(file[^Hash256.Size..]);
        var found = Sha256.Of(file[..^Hash256.Size]);
        return stated == found
            ? new WireReader(file[MagicBytes..^Hash256.Size])
            : throw new MalformedException($"the file is damaged: it ends with hash {stated}, its bytes have hash {found}");
    }
}
