using Actors.Ledger.State;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Proofs;

/// <summary>
/// What the state held at one height: one record; an account that was opened but never used, as its empty slot and the range it
/// belongs to; or that an account does not exist, as the table's count (docs/wire-format.md section 8.4).
/// </summary>
/// <param name="Anchor">Its header carries the state root.</param>
/// <param name="Missing">The account that is shown not to exist; null when there are records.</param>
/// <param name="Records">None, one record, or an account's empty slot and its range.</param>
/// <param name="Tables">Count and root of every table, in order of id: what the state root covers.</param>
public sealed record RecordProofFile(Anchor Anchor, AccountNumber? Missing, IReadOnlyList<RecordProof> Records, IReadOnlyList<TableRoot> Tables)
{
    private const int RecordsMax = 2;

    /// <summary>The account that the file is about; null when it shows another record.</summary>
    public AccountNumber? Account =>
        Missing ?? (Records[0].Table == TableId.Accounts ? new AccountNumber(Records[0].Number) : null);

    /// <summary>The file over one record.</summary>
    public static RecordProofFile OfRecord(Anchor anchor, RecordProof record, IReadOnlyList<TableRoot> tables) => new(anchor, null, [record], tables);

    /// <summary>The file over an account, whether used, unused or not existing. The state is as <see cref="RecordProof.Build"/> needs it.</summary>
    internal static RecordProofFile OfAccount(ChainState state, Anchor anchor, IReadOnlyList<TableRoot> tables, AccountNumber account)
    {
        if (!state.Accounts.Exists(account.Value))
        {
            return new RecordProofFile(anchor, account, [], tables);
        }

        var record = RecordProof.Build(state.Tables, TableId.Accounts, account.Value);
        return ProvenAccount.IsUsed(record)
            ? OfRecord(anchor, record, tables)
            : new RecordProofFile(anchor, null, [record, RecordProof.Build(state.Tables, TableId.Ranges, state.Accounts.RangeOf(account.Value))], tables);
    }

    public byte[] Encode()
    {
        var writer = ProofFile.Begin(ProofFileKind.RecordProof);
        Anchor.Write(writer);
        writer.U8(checked((byte)Records.Count));
        if (Missing is { } account)
        {
            writer.U64(account.Value);
        }

        foreach (var record in Records)
        {
            record.Write(writer);
        }

        writer.U8(checked((byte)Tables.Count));
        foreach (var table in Tables)
        {
            writer.U8((byte)table.Id);
            writer.U64(table.Count);
            writer.Hash(table.Root);
        }

        return ProofFile.End(writer);
    }

    /// <summary>Decodes a record-proof file. Form only: nothing is verified but the file hash.</summary>
    /// <exception cref="MalformedException">The bytes are no record-proof file.</exception>
    public static RecordProofFile Decode(ReadOnlySpan<byte> file)
    {
        var reader = ProofFile.Open(file, ProofFileKind.RecordProof);
        var anchor = Anchor.Read(ref reader);
        var shapes = TableShape.All(anchor.Genesis.Settings.LeafRecords);
        var records = new RecordProof[reader.U8()];
        if (records.Length > RecordsMax)
        {
            throw new MalformedException($"the file has {records.Length} records, at most {RecordsMax} are allowed");
        }

        var missing = records.Length == 0 ? new AccountNumber(reader.U64()) : (AccountNumber?)null;
        if (missing is { Value: 0 })
        {
            throw new MalformedException("account number is 0, numbers start at 1");
        }

        for (var i = 0; i < records.Length; i++)
        {
            records[i] = RecordProof.Read(ref reader, shapes);
        }

        var result = new RecordProofFile(anchor, missing, records, ReadTables(ref reader, shapes.Length));
        reader.End("record proof");
        return result;
    }

    private static TableRoot[] ReadTables(ref WireReader reader, int count)
    {
        var found = reader.U8();
        if (found != count)
        {
            throw new MalformedException($"the file has {found} tables, expected {count}");
        }

        var tables = new TableRoot[count];
        for (var i = 0; i < count; i++)
        {
            tables[i] = new TableRoot((TableId)reader.U8(), reader.U64(), reader.Hash());
            if ((int)tables[i].Id != i)
            {
                throw new MalformedException($"table {(int)tables[i].Id} stands where table {i} is expected");
            }
        }

        return tables;
    }
}
