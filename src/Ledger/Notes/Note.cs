using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Notes;

/// <summary>
/// Puts a hash and up to 255 bytes on record, signed by the author's keyset: a time-stamped statement that changes no account.
/// </summary>
public readonly record struct Note(EntityReference Author, Hash256 Hash, ReadOnlyMemory<byte> Payload, bool Linked = false) : IOperation<Note>
{
    public OperationType Type => OperationType.Note;

    static Note IOperation<Note>.Read(ref WireReader reader, OperationFlags flags) => new(
        EntityReference.Read(ref reader, "keyset"),
        reader.Hash(),
        reader.Bytes8(0, Limits.NotePayloadBytesMax, "note payload").ToArray(),
        flags.Linked);

    void IOperation<Note>.Check(OperationStructure structure) => structure.Keyset(Author);

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked);
        Author.Write(writer);
        writer.Hash(Hash);
        writer.Bytes8(Payload.Span);
    }

    public bool Equals(Note other) =>
        Author == other.Author && Hash == other.Hash && Linked == other.Linked && Payload.Span.SequenceEqual(other.Payload.Span);

    public override int GetHashCode() => HashCode.Combine(Author, Hash, Linked, Payload.Length);
}
