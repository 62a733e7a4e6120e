using Actors.Ledger.Hashing;
using Actors.Ledger.Proofs;

namespace Actors.Ledger.Tests.Proofs;

public sealed class ProofVerifierTests
{
    private const int Seed = 20_260_101;
    private static readonly string[] Magics = ["ActorsR1", "ActorsP1", "ActorsL1", "ActorsX1"];

    [Fact]
    public void What_is_no_proof_file_is_not_well_formed()
    {
        var verification = ProofVerifier.Verify("ActorsB1"u8, null);

        Assert.Equal(ProofFileKind.Unknown, verification.Kind);
        Assert.Equal(CheckStatus.Failed, verification.Find(CheckNames.WellFormed)!.Status);
        Assert.All(verification.Checks.Skip(1), check => Assert.Equal(CheckStatus.NotRun, check.Status));
        Assert.Empty(verification.Claims);
        Assert.False(ProofVerifier.Verify([], null).IsVerified);
    }

    [Fact]
    public void A_statement_of_the_other_side_of_the_same_transfers_is_true_but_not_about_the_account_asked_for()
    {
        var chain = new ProofChain();
        chain.SealWith([ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 5)], chain.AliceKey);
        var statement = chain.Statement(ProofChain.Bob);
        var alices = statement with { Account = new AccountNumber(ProofChain.Alice), Entries = [chain.Statement(ProofChain.Alice).Entries[0]] };

        Assert.Equal(statement.Entries[0].TouchLeaf.Leaf.ToArray(), alices.Entries[0].TouchLeaf.Leaf.ToArray());
        Assert.True(ProofVerifier.Verify(alices.Encode(), chain.GenesisHash).IsVerified);
        Assert.Equal(CheckStatus.Failed, AboutBob(alices.Encode()).Find(CheckNames.Account)!.Status);
        Assert.Equal(CheckStatus.Failed, AboutBob(chain.AccountProof(ProofChain.Alice)).Find(CheckNames.Account)!.Status);
        Assert.Equal(CheckStatus.Failed, AboutBob(chain.Receipt(2, 0, null)).Find(CheckNames.Account)!.Status);
        Assert.Equal(CheckStatus.NotRun, AboutBob("ActorsL1"u8).Find(CheckNames.Account)!.Status);
        Assert.True(AboutBob(statement.Encode()).IsVerified);
        Assert.True(AboutBob(chain.AccountProof(ProofChain.Bob)).IsVerified);

        Verification AboutBob(ReadOnlySpan<byte> file) =>
            ProofVerifier.Verify(file, chain.GenesisHash, new Address(chain.Genesis.ChainId, new AccountNumber(ProofChain.Bob)));
    }

    [Fact]
    public void Random_bytes_are_refused_and_never_throw()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 5_000; i++)
        {
            var body = new byte[random.Next(0, 600)];
            random.NextBytes(body);
            byte[] file = [.. System.Text.Encoding.ASCII.GetBytes(Magics[i % Magics.Length]), .. body];
            Assert.False(ProofVerifier.Verify(i % 3 == 0 ? file : ProofAssert.WithFileHash(file), Sha256.Of(body)).IsVerified);
        }
    }

    [Fact]
    public void Files_changed_in_many_places_are_refused_and_never_throw()
    {
        var chain = new ProofChain(leafRecords: 1);
        StatementTests.BuildHistory(chain);
        byte[][] files = [chain.Receipt(4, 0, 2), chain.Receipt(1, 0, null), chain.AccountProof(2), chain.AccountProof(14), chain.Statement(2).Encode()];
        var random = new Random(Seed);
        for (var i = 0; i < 5_000; i++)
        {
            Assert.False(ProofVerifier.Verify(ProofAssert.WithFileHash(Mutate(files[i % files.Length], random)), null).IsVerified);
        }
    }

    [Fact]
    public void Any_mixture_of_two_files_is_refused_or_is_one_of_them()
    {
        var chain = new ProofChain(leafRecords: 1);
        StatementTests.BuildHistory(chain);
        var (one, other) = (Body(chain.Receipt(4, 0, 2)), Body(chain.Receipt(4, 0, 1)));
        for (var at = 0; at < Math.Min(one.Length, other.Length); at++)
        {
            byte[] mixed = [.. one[..at], .. other[at..]];
            Assert.True(mixed.SequenceEqual(one) || mixed.SequenceEqual(other) || !ProofVerifier.Verify(ProofAssert.WithFileHash(mixed), chain.GenesisHash).IsVerified, $"cut at {at}");
        }
    }

    private static byte[] Body(byte[] file) => file[..^Hash256.Size];

    /// <summary>Changes, cuts out or repeats a few stretches.</summary>
    private static byte[] Mutate(byte[] file, Random random)
    {
        var bytes = Body(file).ToList();
        for (var left = random.Next(1, 4); left > 0; left--)
        {
            var at = random.Next(8, bytes.Count);
            var length = Math.Min(random.Next(1, 9), bytes.Count - at);
            switch (random.Next(3))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1 when bytes.Count > 100:
                    bytes.RemoveRange(at, length);
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
            }
        }

        return [.. bytes];
    }
}
