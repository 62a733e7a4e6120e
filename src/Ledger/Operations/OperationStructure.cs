using Actors.Ledger.Wire;

namespace Actors.Ledger.Operations;

/// <summary>
/// Checks the form of a transaction's operations in one walk: each decodes, the count fits, the last one is not linked, and
/// references to created things point backwards at the right kind.
/// </summary>
internal sealed class OperationStructure
{
    private readonly List<CreatedKind>? _created;

    private OperationStructure(List<CreatedKind>? created) => _created = created;

    /// <summary>Of an operation without the others of its transaction: what its references to created things name cannot be told.</summary>
    public static OperationStructure Alone { get; } = new(null);

    /// <summary>Fills <paramref name="ends"/> with where each operation ends.</summary>
    public static void Check(ReadOnlySpan<byte> operations, Span<int> ends)
    {
        var created = new List<CreatedKind>();
        var structure = new OperationStructure(created);
        var reader = new WireReader(operations);
        var linked = false;
        for (var i = 0; i < ends.Length; i++)
        {
            var kind = OperationKinds.Next(ref reader, out var flags);
            kind.Check(ref reader, flags, structure);
            if (kind.Creates != CreatedKind.None)
            {
                created.Add(kind.Creates);
            }

            linked = flags.Linked;
            ends[i] = reader.Position;
        }

        reader.End("operations");
        if (linked)
        {
            throw new MalformedException("the last operation is linked to a next one that is not there");
        }
    }

    public void Keyset(EntityReference reference) => Require(reference, CreatedKind.Keyset);

    public void Asset(EntityReference reference) => Require(reference, CreatedKind.Asset);

    public void Pending(EntityReference reference) => Require(reference, CreatedKind.Pending);

    public void Account(in AccountReference reference)
    {
        if (reference.IsCreated)
        {
            Require(new EntityReference(reference.Value, true), CreatedKind.Accounts);
        }
    }

    private void Require(EntityReference reference, CreatedKind kind)
    {
        if (!reference.IsCreated || _created is null)
        {
            return;
        }

        if (reference.Value >= (ulong)_created.Count || _created[(int)reference.Value] != kind)
        {
            throw new MalformedException($"reference @{reference.Value} does not name something of kind {kind} created earlier in the transaction");
        }
    }
}
