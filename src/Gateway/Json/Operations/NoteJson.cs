using Actors.Ledger;
using Actors.Ledger.Hashing;
using Actors.Ledger.Notes;
using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Gateway.Json.Operations;

internal sealed record NoteJson(EntityReference Author, Hash256 Hash) : OperationJson
{
    /// <summary>Up to 255 bytes kept in the block.</summary>
    public HexBytes Payload { get; init; }

    public static NoteJson From(Note operation) => new(operation.Author, operation.Hash) { Payload = new HexBytes(operation.Payload), Linked = operation.Linked };

    internal override IOperation ToOperation(ChainId chain) => Payload.Value.Length <= Limits.NotePayloadBytesMax
        ? new Note(Author, Hash, Payload.Value, Linked)
        : throw new MalformedException($"a note's payload has {Payload.Value.Length} bytes, at most {Limits.NotePayloadBytesMax} are allowed");
}
