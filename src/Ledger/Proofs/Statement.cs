using Actors.Ledger.Wire;

namespace Actors.Ledger.Proofs;

/// <summary>
/// What a run of blocks did to one account, newest first (docs/wire-format.md section 8.5). Each entry's touch names the block of
/// the next one, so no block that touched the account can be left out between the first entry and the last.
/// </summary>
public sealed record Statement(Anchor Anchor, AccountNumber Account, IReadOnlyList<StatementEntryProof> Entries)
{
    public byte[] Encode()
    {
        var writer = ProofFile.Begin(ProofFileKind.Statement);
        Anchor.Write(writer);
        writer.U64(Account.Value);
        writer.U32((uint)Entries.Count);
        foreach (var entry in Entries)
        {
            entry.Write(writer);
        }

        return ProofFile.End(writer);
    }

    /// <summary>Decodes a statement file. Form only: nothing is verified but the file hash.</summary>
    /// <exception cref="MalformedException">The bytes are no statement file.</exception>
    public static Statement Decode(ReadOnlySpan<byte> file)
    {
        var reader = ProofFile.Open(file, ProofFileKind.Statement);
        var anchor = Anchor.Read(ref reader);
        var account = new AccountNumber(reader.U64());
        if (account.Value == 0)
        {
            throw new MalformedException("account number is 0, numbers start at 1");
        }

        var entries = new List<StatementEntryProof>();
        for (var left = reader.U32(); left > 0; left--)
        {
            entries.Add(StatementEntryProof.Read(ref reader, anchor.Header));
        }

        reader.End("statement");
        return entries.Count > 0
            ? new Statement(anchor, account, entries)
            : throw new MalformedException("the statement has no entries and so proves nothing");
    }
}
