using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Hashing;

namespace Actors.Ledger.Proofs;

/// <summary>Checks of a file that convicts a chain of two histories; its anchor is that of the earlier header.</summary>
internal static class EquivocationChecks
{
    public static Verification Run(Equivocation equivocation, Hash256? genesisHash)
    {
        var list = new CheckList(CheckNames.Of(ProofFileKind.Equivocation, equivocation.Earlier.KeyChanges.Count));
        list.Add(CheckNames.WellFormed, Finding.Pass("the file is an equivocation file and undamaged"));
        AnchorChecks.Run(list, equivocation.Earlier, genesisHash);
        var (earlier, later) = (equivocation.Earlier.Header.Height, equivocation.Later.Header.Height);
        list.Add(CheckNames.Later, AnchorChecks.Hold(equivocation.Later, equivocation.Earlier.Genesis.Hash)
            ? Finding.Pass($"the header of block {later} is sealed by the same chain")
            : Finding.Fail($"the header of block {later} is not shown to be sealed by the same chain"));
        list.Add(CheckNames.Contradiction, equivocation.Contradicts
            ? Finding.Pass(earlier == later ? $"there are two blocks {later}" : $"block {later} has another block {earlier} in its history")
            : Finding.Fail($"the headers of blocks {earlier} and {later} can both be true"));
        return new Verification(ProofFileKind.Equivocation, list.Checks)
        {
            Claims = [new("chain", equivocation.Earlier.Genesis.ChainId.Value), new("contradiction", $"two histories, from block {earlier} on at the latest")],
        };
    }
}
