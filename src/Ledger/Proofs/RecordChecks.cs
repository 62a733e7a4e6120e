using Actors.Ledger.Hashing;
using Actors.Ledger.State;

namespace Actors.Ledger.Proofs;

/// <summary>Checks of a record-proof file.</summary>
internal static class RecordChecks
{
    public static Verification Run(RecordProofFile file, Hash256? genesisHash)
    {
        var list = new CheckList(CheckNames.Of(ProofFileKind.RecordProof, file.Anchor.KeyChanges.Count));
        list.Add(CheckNames.WellFormed, Finding.Pass("the file is a record proof and undamaged"));
        AnchorChecks.Run(list, file.Anchor, genesisHash);
        list.Add(CheckNames.StateRoot, CheckStateRoot(file));
        list.Add(CheckNames.Records, CheckRecords(file));
        list.Add(CheckNames.Existence, CheckExistence(file, out var account));
        return new Verification(ProofFileKind.RecordProof, list.Checks) { Account = account, Claims = Claims(file, account) };
    }

    private static Finding CheckStateRoot(RecordProofFile file)
    {
        var root = StateHash.Root(file.Anchor.Genesis.Settings.LeafRecords, file.Tables);
        var header = file.Anchor.Header;
        return root == header.StateRoot
            ? Finding.Pass($"the tables have state root {root}, which the header gives for height {header.StateHeight}")
            : Finding.Fail($"the tables have state root {root}, expected {header.StateRoot}, which the header gives for height {header.StateHeight}");
    }

    private static Finding CheckRecords(RecordProofFile file)
    {
        foreach (var record in file.Records)
        {
            var table = file.Tables[(int)record.Table];
            if (!record.TryRoot(table.Count, out var root))
            {
                return Finding.Fail($"record {record.Number} of table {record.Table}, which has {table.Count}, cannot have a path of {record.Path.Count} hashes");
            }

            if (root != table.Root)
            {
                return Finding.Fail($"record {record.Number} leads to {root}, expected {table.Root}, the root of table {record.Table}");
            }
        }

        return Finding.Pass(file.Records.Count == 0 ? "no record is needed" : "each record leads to the root of its table");
    }

    private static Finding CheckExistence(RecordProofFile file, out ProvenAccount? account)
    {
        account = null;
        if (file.Missing is { } missing)
        {
            var count = file.Tables[(int)TableId.Accounts].Count;
            return missing.Value > count
                ? Finding.Pass($"account {missing} does not exist: there are {count} accounts")
                : Finding.Fail($"account {missing} is said not to exist, but there are {count} accounts");
        }

        var first = file.Records[0];
        if (file.Records.Count == 2)
        {
            return CheckUnused(first, file.Records[1], out account);
        }

        if (first.Table != TableId.Accounts)
        {
            return Finding.Pass($"record {first.Number} of table {first.Table} is shown");
        }

        if (!ProvenAccount.IsUsed(first))
        {
            return Finding.Fail(first.Record.ContainsAnyExcept((byte)0)
                ? $"the record of account {first.Number} has no owner"
                : $"the slot of account {first.Number} is empty, expected the record of its range beside it");
        }

        account = ProvenAccount.Of(first);
        return Finding.Pass($"account {first.Number} is in use and has a record of its own");
    }

    private static Finding CheckUnused(RecordProof slot, RecordProof range, out ProvenAccount? account)
    {
        account = null;
        if (slot.Table != TableId.Accounts || range.Table != TableId.Ranges)
        {
            return Finding.Fail($"the records are of tables {slot.Table} and {range.Table}, expected Accounts and Ranges");
        }

        if (slot.Record.ContainsAnyExcept((byte)0))
        {
            return Finding.Fail($"the slot of account {slot.Number} is not empty, expected no range beside it");
        }

        account = ProvenAccount.Of(new AccountNumber(slot.Number), range);
        return account is not null
            ? Finding.Pass($"account {slot.Number} is open and unused: a member of range {range.Number}, and its slot is empty")
            : Finding.Fail($"account {slot.Number} is not a member of range {range.Number}");
    }

    private static List<Claim> Claims(RecordProofFile file, ProvenAccount? account)
    {
        var header = file.Anchor.Header;
        var asOf = header.StateHeight == header.Height
            ? $"block {header.Height}, sealed at {Words.Of(header.Time)}"
            : $"block {header.StateHeight}, whose state block {header.Height}, sealed at {Words.Of(header.Time)}, carries";
        var claims = new List<Claim> { new("chain", file.Anchor.Genesis.ChainId.Value), new("as of", asOf) };
        if (account is not null)
        {
            claims.AddRange(Words.Of(account));
        }
        else if (file.Missing is { } missing)
        {
            claims.Add(new Claim("account", $"{missing} does not exist; the accounts are 1 to {file.Tables[(int)TableId.Accounts].Count}"));
        }
        else
        {
            claims.AddRange(file.Records.Select(record => new Claim($"{record.Table} {record.Number}", Convert.ToHexStringLower(record.Record))));
        }

        return claims;
    }
}
