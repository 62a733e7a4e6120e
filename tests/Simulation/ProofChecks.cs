using Actors.Engine.History;
using Actors.Engine.Reads;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Blocks;
using Actors.Ledger.Proofs;
using Actors.Ledger.Tests.Oracle;
using static Actors.Simulation.SimException;

namespace Actors.Simulation;

/// <summary>Everything that is handed out to be checked offline is checked offline, and says what the naive ledger says.</summary>
internal static class ProofChecks
{
    /// <summary>A proof of an account as of a root no older than <paramref name="asked"/>, the committed height when it was asked for.</summary>
    public static void Account(byte[] file, ulong number, ulong asked, SimHistory history)
    {
        var verification = RequireVerified(file, history);
        var height = RecordProofFile.Decode(file).Anchor.Header.Height.Value;
        Require(height >= asked, () => $"the proof is of height {height}, asked for at {asked}");
        var expected = history.StateAt(height).Accounts.GetValueOrDefault(number);
        var found = verification.Account is not { } account ? null : new NaiveAccount(account.Owner.Value, account.Asset.Value, account.Floor, account.Ceiling)
        {
            Posted = account.Posted,
            Out = account.PendingOut,
            In = account.PendingIn,
            Frozen = account.Flags.HasFlag(Ledger.Accounts.AccountFlags.Frozen),
            Closed = account.Flags.HasFlag(Ledger.Accounts.AccountFlags.Closed),
            System = account.Flags.HasFlag(Ledger.Accounts.AccountFlags.System),
        };
        Require(found == expected, () => $"account {number} at {height} is proven to be {found}, expected {expected}");
        var isUsed = verification.Account is { LastBlock.Value: > 0 };
        Sometimes.Happened(expected is null ? "an account was proven not to exist" : isUsed ? "a used account was proven" : "an untouched account was proven");
    }

    public static void Receipt(SimWriter writer, SentTransaction transaction, SimHistory history, int? operation)
    {
        var place = transaction.Acknowledged!.Place;
        if (place.Height.Value > writer.Core.Committed.Height)
        {
            return;
        }

        var block = StoredBlocks.Parse(writer.Store, place.Height);
        var anchor = writer.Core.AnchorOf(writer.Store.ReadBlockPrefix(place.Height.Value, BlockHeader.Size + Ledger.Signing.Signature.Size));
        var file = Ledger.Proofs.Receipt.Encode(anchor, OperationProof.Build(block, place.Index, operation));
        var verification = RequireVerified(file, history);
        Require(verification.Transaction!.Id == transaction.Transaction.Id, () => $"the receipt of {place} is of another transaction");
        Sometimes.Happened(anchor.KeyChanges.Count > 1, "a receipt went over several key changes");
    }

    /// <summary>Walks an account's whole statement, page by page, and compares it with the change from height to height.</summary>
    public static void Statement(SimWriter writer, ulong number, SimHistory history, Random random)
    {
        var view = CommittedViews.Account(writer.Core, new AccountNumber(number));
        if (view is null)
        {
            return;
        }

        var entries = new Dictionary<ulong, long>();
        var query = new StatementQuery { EntriesMax = random.Next(1, 20) };
        var walk = new StatementWalk(writer.Store, view.Number);
        for (StatementPage? page = null; page is null || page.Next is not null;)
        {
            page = walk.Page(view, query);
            foreach (var entry in page.Entries)
            {
                entries.Add(entry.Height.Value, entry.Lines.Sum(line => line.PostedChange));
            }

            query = query with { Before = page.Next };
        }

        for (ulong height = 1; height <= view.AsOf.Value; height++)
        {
            var (before, after) = (history.StateAt(height - 1).Accounts.GetValueOrDefault(number), history.StateAt(height).Accounts.GetValueOrDefault(number));
            var isEntry = entries.TryGetValue(height, out var change);
            Require(isEntry || before is null || before == after, () => $"the statement of account {number} leaves block {height} out");
            Require(!isEntry || (before?.Posted ?? 0) + change == after!.Posted, () => $"the statement of account {number} has {change} for block {height}");
        }

        StatementFile(writer, view, history, random);
    }

    private static void StatementFile(SimWriter writer, AccountView view, SimHistory history, Random random)
    {
        if (view.LastBlock.Value == 0)
        {
            return;
        }

        var anchor = writer.Core.AnchorOf(writer.Core.Committed.SignedHeader);
        var reader = new HistoryReader(writer.Store, writer.Core.State.Genesis.Hash);
        var file = new StatementWalk(writer.Store, view.Number).File(view, new StatementQuery { EntriesMax = random.Next(1, 10) }, anchor, reader);
        RequireVerified(file, history);
        Sometimes.Happened("a statement file was verified");
    }

    private static Verification RequireVerified(byte[] file, SimHistory history)
    {
        var verification = ProofVerifier.Verify(file, history.GenesisHash);
        Require(verification.IsVerified, () => $"a proof fails: {string.Join("; ", verification.Checks.Where(check => check.Status != CheckStatus.Passed))}");
        return verification;
    }
}
