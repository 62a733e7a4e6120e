using Actors.Ledger.Hashing;
using Actors.Ledger.Proofs;
using Actors.Ledger.Tests.Proofs;

namespace Actors.Ledger.Tests.Vectors;

/// <summary>Vectors of proof files: those that verify, and those that must be refused with the first check to fail.</summary>
internal static class FileVector
{
    public static object Accepted(string name, byte[] file, Hash256 genesis, object shows)
    {
        ProofAssert.Verifies(file, genesis);
        return new { name, shows, file = file.Hex() };
    }

    public static object Refused(string why, string check, byte[] file, Hash256 genesis)
    {
        ProofAssert.FailsFirst(check, file, genesis);
        return new { why, check, file = file.Hex() };
    }

    /// <summary>Those of every kind of file: damage that the file hash finds, and forms that it does not.</summary>
    public static IEnumerable<object> RefusedForms(byte[] file, Hash256 genesis)
    {
        var body = file[..^Hash256.Size];
        return
        [
            Refused("a byte was changed", CheckNames.WellFormed, Flip(file, file.Length / 2), genesis),
            Refused("a byte of the file hash was changed", CheckNames.WellFormed, Flip(file, file.Length - 1), genesis),
            Refused("the end is missing", CheckNames.WellFormed, body, genesis),
            Refused("nothing", CheckNames.WellFormed, [], genesis),
            Refused("another magic", CheckNames.WellFormed, Rehashed(Flip(body, 7)), genesis),
            Refused("a byte left over before the file hash", CheckNames.WellFormed, Rehashed([.. body, 0]), genesis),
            Refused("a byte missing before the file hash", CheckNames.WellFormed, Rehashed(body[..^1]), genesis),
            Refused("a genesis that was changed", CheckNames.Anchored, Rehashed(Flip(body, 8 + 4 + 8 + 1)), genesis),
        ];
    }

    public static byte[] Rehashed(byte[] body) => ProofAssert.WithFileHash(body);

    private static byte[] Flip(byte[] bytes, int at)
    {
        var changed = bytes.ToArray();
        changed[at] ^= 1;
        return changed;
    }
}
