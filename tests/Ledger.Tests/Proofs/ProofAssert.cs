using Actors.Ledger.Hashing;
using Actors.Ledger.Proofs;

namespace Actors.Ledger.Tests.Proofs;

/// <summary>What tests of proof files say over and over.</summary>
internal static class ProofAssert
{
    private static readonly byte[] Flips = [0x01, 0x80];

    public static Verification Verifies(byte[] file, Hash256 genesis)
    {
        var verification = ProofVerifier.Verify(file, genesis);
        Assert.All(verification.Checks, check => Assert.True(check.Status == CheckStatus.Passed, $"{check.Name}: {check.Sentence}"));
        Assert.True(verification.IsVerified);
        Assert.NotEmpty(verification.Claims);
        return verification;
    }

    /// <summary>The file fails, and the first check to fail is the one named.</summary>
    public static Check FailsFirst(string name, byte[] file, Hash256 genesis)
    {
        var verification = ProofVerifier.Verify(file, genesis);
        Assert.False(verification.IsVerified);
        var failed = verification.Checks.First(check => check.Status == CheckStatus.Failed);
        Assert.True(failed.Name == name, $"expected {name} to fail, found {failed.Name}: {failed.Sentence}");
        return failed;
    }

    public static void EveryChangedByteIsRefused(byte[] file, Hash256 genesis)
    {
        for (var at = 0; at < file.Length; at++)
        {
            foreach (var flip in Flips)
            {
                var changed = file.ToArray();
                changed[at] ^= flip;
                Assert.False(ProofVerifier.Verify(changed, genesis).IsVerified, $"byte {at}");
            }
        }
    }

    /// <summary>
    /// A change of each byte before the file hash, low and high bit in turn, with the file hash made right again as a forger would.
    /// </summary>
    public static IEnumerable<(byte[] File, int At)> Forged(byte[] file)
    {
        for (var at = 0; at < file.Length - Hash256.Size; at++)
        {
            var changed = file.ToArray();
            changed[at] ^= Flips[at % Flips.Length];
            Sha256.Of(changed.AsSpan(0, changed.Length - Hash256.Size)).CopyTo(changed.AsSpan(changed.Length - Hash256.Size));
            yield return (changed, at);
        }
    }

    public static void EveryTruncationAndExtensionIsRefused(byte[] file, Hash256 genesis)
    {
        for (var length = 0; length < file.Length; length++)
        {
            Assert.False(ProofVerifier.Verify(file.AsSpan(0, length), genesis).IsVerified);
        }

        Assert.False(ProofVerifier.Verify([.. file, 0], genesis).IsVerified);
        var body = file.AsSpan(0, file.Length - Hash256.Size).ToArray();
        FailsFirst(CheckNames.WellFormed, WithFileHash([.. body, 0]), genesis);
        FailsFirst(CheckNames.WellFormed, WithFileHash(body[..^1]), genesis);
    }

    public static byte[] WithFileHash(byte[] body) => [.. body, .. Sha256.Of(body).ToArray()];
}
