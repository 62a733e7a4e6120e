using Actors.Ledger.Accounts;
using Actors.Ledger.Hashing;

namespace Actors.Ledger.Proofs;

/// <summary>Checks of a statement file.</summary>
internal sealed class StatementChecks(Statement statement)
{
    public static Verification Run(Statement statement, Hash256? genesisHash)
    {
        var list = new CheckList(CheckNames.Of(ProofFileKind.Statement, statement.Anchor.KeyChanges.Count));
        list.Add(CheckNames.WellFormed, Finding.Pass("the file is a statement and undamaged"));
        AnchorChecks.Run(list, statement.Anchor, genesisHash);
        return new StatementChecks(statement).Run(list);
    }

    private Verification Run(CheckList list)
    {
        list.Add(CheckNames.History, ForEach(CheckHistory, "every block is in the history that the anchor's header covers"));
        list.Add(CheckNames.Touches, ForEach(CheckTouch, $"every block touched account {statement.Account}"));
        list.Add(CheckNames.StatementChain, CheckChain());
        list.Add(CheckNames.Operations, ForEach(CheckOperations, $"every operation shown is in its block and changed account {statement.Account}"));
        list.Add(CheckNames.Expiries, ForEach(CheckExpiries, $"every expiry leaf shown is in its block and names account {statement.Account}"));
        list.Add(CheckNames.Packets, ForEach(CheckPackets, $"every packet leaf shown is in its block and names account {statement.Account}"));
        list.Add(CheckNames.StatementOrder, CheckOrder());
        var entries = statement.Entries.Select(Entry).ToList();
        var proven = new ProvenStatement(statement.Account, entries, new Height(TouchOf(statement.Entries[^1])?.Previous ?? 0));
        return new Verification(ProofFileKind.Statement, list.Checks) { Statement = proven, Claims = Words.Of(statement.Anchor, proven) };
    }

    private Finding ForEach(Func<StatementEntryProof, string?> check, string allHold)
    {
        foreach (var entry in statement.Entries)
        {
            if (check(entry) is { } complaint)
            {
                return Finding.Fail($"block {entry.Header.Height}: {complaint}");
            }
        }

        return Finding.Pass(allHold);
    }

    private string? CheckHistory(StatementEntryProof entry)
    {
        if (entry.HistoryPath is null)
        {
            return null;
        }

        var anchor = statement.Anchor.Header;
        var leaf = MerkleTree.LeafHash(Sha256.Of(entry.Header.Encode()).AsSpan());
        return !MerkleTree.TryRootFromPath(leaf, entry.Header.Height.Value, anchor.Height.Value, [.. entry.HistoryPath], out var root)
            ? $"a path of {entry.HistoryPath.Count} hashes does not lead to the history of block {anchor.Height}"
            : root == anchor.HistoryRoot ? null : $"its header leads to {root}, expected history root {anchor.HistoryRoot}";
    }

    private string? CheckTouch(StatementEntryProof entry)
    {
        var index = entry.TouchLeaf.Index;
        return index < StatementEntryProof.FirstTouchLeaf(entry.Header) ? $"effect leaf {index} is no touch leaf"
            : !entry.TouchLeaf.IsIn(entry.Header) ? "the touch leaf does not lead to the outcomes root"
            : TouchOf(entry) is null ? $"the touch leaf does not name account {statement.Account} exactly once"
            : null;
    }

    private Finding CheckChain()
    {
        for (var i = 0; i + 1 < statement.Entries.Count; i++)
        {
            var (entry, next) = (statement.Entries[i], statement.Entries[i + 1]);
            if (TouchOf(entry) is not { } touch || touch.Previous != next.Header.Height.Value)
            {
                return Finding.Fail(
                    $"block {entry.Header.Height} says that block {TouchOf(entry)?.Previous} touched the account before it, the next entry is block {next.Header.Height}");
            }
        }

        return Finding.Pass("each block names the next one shown as the last before it that touched the account");
    }

    private string? CheckOperations(StatementEntryProof entry)
    {
        if (entry.Operations.Count + entry.ExpiryLeaves.Count + entry.PacketLeaves.Count == 0)
        {
            return "nothing is shown that changed the account";
        }

        foreach (var proof in entry.Operations)
        {
            if (OperationFindings.Of(proof, entry.Header).FirstFailure is { } failure)
            {
                return failure.Sentence;
            }

            if (EffectsOf(proof).Count == 0)
            {
                return $"what is shown of transaction {proof.TransactionIndex} did not change account {statement.Account}";
            }
        }

        return CheckChange(entry);
    }

    /// <summary>The touch says by how much the block changed posted; what is shown must add up to that.</summary>
    private string? CheckChange(StatementEntryProof entry)
    {
        var shown = Entry(entry).PostedChange;
        var change = TouchOf(entry)?.PostedChange;
        return change is { } expected && unchecked((long)shown) == expected ? null : $"what is shown changed posted by {shown}, its touch says {change}";
    }

    private string? CheckExpiries(StatementEntryProof entry)
    {
        for (var i = 0; i < entry.ExpiryLeaves.Count; i++)
        {
            var leaf = entry.ExpiryLeaves[i];
            if (leaf.Index < entry.Header.TransactionCount || (ulong)leaf.Index >= entry.Header.FirstPacketLeaf)
            {
                return $"effect leaf {leaf.Index} is no expiry leaf";
            }

            if (!leaf.IsIn(entry.Header))
            {
                return $"expiry leaf {leaf.Index} does not lead to the outcomes root";
            }

            if (!entry.Expiries[i].Any(expired => expired.Debit == statement.Account || expired.Credit == statement.Account))
            {
                return $"expiry leaf {leaf.Index} does not name account {statement.Account}";
            }
        }

        return null;
    }

    private string? CheckPackets(StatementEntryProof entry)
    {
        for (var i = 0; i < entry.PacketLeaves.Count; i++)
        {
            var leaf = entry.PacketLeaves[i];
            if ((ulong)leaf.Index < entry.Header.FirstPacketLeaf || leaf.Index >= StatementEntryProof.FirstTouchLeaf(entry.Header))
            {
                return $"effect leaf {leaf.Index} is no packet leaf";
            }

            if (!leaf.IsIn(entry.Header))
            {
                return $"packet leaf {leaf.Index} does not lead to the outcomes root";
            }

            if (!entry.Packets[i].Any(packet => packet.Debit == statement.Account || packet.Credit == statement.Account))
            {
                return $"packet leaf {leaf.Index} does not name account {statement.Account}";
            }
        }

        return null;
    }

    private Finding CheckOrder()
    {
        var newer = statement.Anchor.Header.Height.Value + 1;
        foreach (var entry in statement.Entries)
        {
            var height = entry.Header.Height.Value;
            if (height == 0 || height >= newer || (entry.HistoryPath is null) != (height == statement.Anchor.Header.Height.Value))
            {
                return Finding.Fail($"an entry of block {height} stands where one below {newer} is expected");
            }

            if (!Ascends(entry.Operations.Select(proof => (proof.TransactionIndex, proof.Operation ?? -1, proof.Operation ?? int.MaxValue)))
                || !Ascends(entry.ExpiryLeaves.Select(leaf => (leaf.Index, 0, 0)))
                || !Ascends(entry.PacketLeaves.Select(leaf => (leaf.Index, 0, 0))))
            {
                return Finding.Fail($"block {height} shows an operation, an expiry or a packet twice or out of order");
            }

            newer = height;
        }

        return Finding.Pass("entries go from newest to oldest, and nothing is shown twice");
    }

    /// <summary>A whole transaction covers operations -1 to the last, so nothing else of it may stand beside it.</summary>
    private static bool Ascends(IEnumerable<(int Index, int From, int Through)> shown)
    {
        var (index, through) = (-1, -1);
        foreach (var next in shown)
        {
            if (next.Index < index || (next.Index == index && next.From <= through))
            {
                return false;
            }

            (index, through) = (next.Index, next.Through);
        }

        return true;
    }

    private Touch? TouchOf(StatementEntryProof entry)
    {
        Touch? found = null;
        foreach (var touch in entry.Touches)
        {
            if (touch.Account == statement.Account.Value)
            {
                if (found is not null)
                {
                    return null;
                }

                found = touch;
            }
        }

        return found;
    }

    private List<AccountEffect> EffectsOf(OperationProof proof)
    {
        var effects = new List<AccountEffect>();
        AccountEffects.Append(effects, statement.Account, proof.TransactionIndex, proof.Shown, proof.Effect);
        return effects;
    }

    private ProvenStatementEntry Entry(StatementEntryProof entry)
    {
        var effects = new List<AccountEffect>();
        for (var i = 0; i < entry.ExpiryLeaves.Count; i++)
        {
            AccountEffects.AppendExpiries(effects, statement.Account, entry.ExpiryLeaves[i].Index, entry.Expiries[i]);
        }

        foreach (var proof in entry.Operations)
        {
            AccountEffects.Append(effects, statement.Account, proof.TransactionIndex, proof.Shown, proof.Effect);
        }

        for (var i = 0; i < entry.PacketLeaves.Count; i++)
        {
            AccountEffects.AppendPackets(effects, statement.Account, entry.PacketLeaves[i].Index, entry.Packets[i]);
        }

        var change = effects.Aggregate(Int128.Zero, (sum, effect) => sum + effect.PostedChange);
        return new ProvenStatementEntry(entry.Header.Height, entry.Header.Time, effects, change);
    }
}
