using Actors.Ledger.Wire;

namespace Actors.Ledger.Operations;

/// <summary>Decodes and encodes operations for the edges (clients, explorers, auditors); execution never needs objects.</summary>
public static class OperationCodec
{
    /// <summary>
    /// Decodes one operation without the others of its transaction: everything about its form is checked but what its references to
    /// created things name.
    /// </summary>
    /// <exception cref="MalformedException">The bytes are not one operation of a known type and the right form.</exception>
    public static IOperation Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        var operation = OperationKinds.Next(ref reader, out var flags).Read(ref reader, flags);
        reader.End("operation");
        return operation;
    }

    /// <summary>The encodings, one after the other, as a transaction holds them.</summary>
    public static byte[] Encode(IReadOnlyList<IOperation> operations)
    {
        var writer = new WireWriter(operations.Count * 16);
        foreach (var operation in operations)
        {
            operation.Write(writer);
        }

        return writer.ToArray();
    }

    /// <summary>What an operation of this type creates, which later operations of its transaction may name.</summary>
    public static CreatedKind Creates(OperationType type) => OperationKinds.Of(type).Creates;

    internal static bool Settles(OperationType type) => OperationKinds.Of(type).Settles;
}
