using Actors.Ledger.Blocks;
using Actors.Ledger.Hashing;
using Actors.Ledger.Signing;

namespace Actors.Ledger.Proofs;

/// <summary>
/// Checks that lead from the genesis hash to the anchor's header: the document, each change of the sealing key in order, each
/// sealed by the key before and valid from the next height on, and the seal.
/// </summary>
internal static class AnchorChecks
{
    public static void Run(CheckList list, Anchor anchor, Hash256? genesisHash)
    {
        list.Add(CheckNames.Anchored, CheckAnchored(anchor, genesisHash));
        list.Add(CheckNames.Genesis, CheckGenesis(anchor));
        var key = anchor.Genesis.Settings.SealingKey;
        var since = 0UL;
        for (var i = 0; i < anchor.KeyChanges.Count; i++)
        {
            var change = anchor.KeyChanges[i];
            if (!list.Add(CheckNames.KeyChange(i + 1), CheckChange(change, key, since)))
            {
                return;
            }

            key = change.NewKey!.Value;
            since = change.Header.Height.Value;
        }

        list.Add(CheckNames.Seal, CheckSeal(anchor.Header, anchor.Seal, key, since));
    }

    /// <summary>Whether every check passes for the chain with this genesis hash.</summary>
    public static bool Hold(Anchor anchor, in Hash256 genesisHash)
    {
        string[] names = [CheckNames.Anchored, CheckNames.Genesis, .. Enumerable.Range(1, anchor.KeyChanges.Count).Select(CheckNames.KeyChange), CheckNames.Seal];
        var list = new CheckList(names);
        Run(list, anchor, genesisHash);
        return list.Checks.All(check => check.Status == CheckStatus.Passed);
    }

    private static Finding CheckAnchored(Anchor anchor, Hash256? genesisHash)
    {
        if (genesisHash is not { } expected)
        {
            return Finding.Fail("not anchored");
        }

        return anchor.Genesis.Hash == expected
            ? Finding.Pass($"the chain is {anchor.Genesis.ChainId} with genesis hash {expected}")
            : Finding.Fail($"expected genesis hash {expected}, the file's genesis document has {anchor.Genesis.Hash}");
    }

    private static Finding CheckGenesis(Anchor anchor)
    {
        foreach (var header in anchor.KeyChanges.Select(change => change.Header).Append(anchor.Header))
        {
            if (header.Genesis != anchor.Genesis.Hash)
            {
                return Finding.Fail($"the header of block {header.Height} names genesis {header.Genesis}, expected {anchor.Genesis.Hash}");
            }
        }

        return Finding.Pass($"every header names genesis {anchor.Genesis.Hash}");
    }

    private static Finding CheckChange(KeyChange change, in PublicKey key, ulong since)
    {
        var seal = CheckSeal(change.Header, change.Seal, key, since);
        if (!seal.Holds)
        {
            return seal;
        }

        if (OperationFindings.Of(change.Proof, change.Header).FirstFailure is { } failure)
        {
            return failure;
        }

        return change.NewKey is { } changed
            ? Finding.Pass($"block {change.Header.Height}, sealed by the key before, makes {changed} the sealing key from the next block on")
            : Finding.Fail($"the operations shown of block {change.Header.Height} do not change the sealing key");
    }

    private static Finding CheckSeal(BlockHeader header, in Signature seal, in PublicKey key, ulong since)
    {
        if (header.Height.Value <= since)
        {
            return Finding.Fail(since == 0
                ? $"the header has height {header.Height}, heights start at 1"
                : $"the key changed at height {since} seals from the next block on, the header has height {header.Height}");
        }

        return Es256.Verify(key, header.Encode(), seal)
            ? Finding.Pass($"the header of block {header.Height} is sealed by {key}, the chain's key since height {since + 1}")
            : Finding.Fail($"the seal of block {header.Height} is not by {key}, the chain's key since height {since + 1}");
    }
}
