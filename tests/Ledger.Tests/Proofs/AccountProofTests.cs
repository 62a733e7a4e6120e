using Actors.Ledger.Accounts;
using Actors.Ledger.Proofs;
using Actors.Ledger.State;

namespace Actors.Ledger.Tests.Proofs;

public sealed class AccountProofTests
{
    private const ulong Unused = 14;
    private const ulong Missing = 22;
    private readonly ProofChain _chain = new();

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(64)]
    public void A_used_account_is_proven(int leafRecords)
    {
        var chain = new ProofChain(leafRecords);
        chain.SealWith([ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 300)], chain.AliceKey);

        var verification = ProofAssert.Verifies(chain.AccountProof(ProofChain.Alice), chain.GenesisHash);

        Assert.Equal(
            new ProvenAccount(new AccountNumber(2), new KeysetNumber(2), new AssetNumber(1)) { Posted = 700, Floor = 0, LastBlock = new Height(2) },
            verification.Account);
        Assert.Contains(new Claim("posted", "700"), verification.Claims);
        Assert.StartsWith("block 2, sealed at 2027-01-15T", verification.Claims.Single(claim => claim.Name == "as of").Text);
    }

    [Fact]
    public void An_unused_account_is_proven_by_its_empty_slot_and_its_range()
    {
        var verification = ProofAssert.Verifies(_chain.AccountProof(Unused), _chain.GenesisHash);

        Assert.Equal(new ProvenAccount(new AccountNumber(Unused), new KeysetNumber(3), new AssetNumber(1)) { Floor = 0 }, verification.Account);
        Assert.Contains(new Claim("last touched", "never"), verification.Claims);
    }

    [Fact]
    public void An_account_above_the_count_is_proven_not_to_exist()
    {
        var verification = ProofAssert.Verifies(_chain.AccountProof(Missing), _chain.GenesisHash);

        Assert.Null(verification.Account);
        Assert.Contains(new Claim("account", "22 does not exist; the accounts are 1 to 21"), verification.Claims);
    }

    [Fact]
    public void An_account_among_a_billion_is_proven()
    {
        _chain.SealWith([new OpenAccounts(new(2, false), new(1, false), 1_000_000_000)], _chain.AliceKey, _chain.Fixture.Operator);
        _chain.SealWith([ProofChain.Move(ProofChain.Alice, 777_777_777, 5)], _chain.AliceKey);

        Assert.Equal(5, ProofAssert.Verifies(_chain.AccountProof(777_777_777), _chain.GenesisHash).Account!.Posted);
        Assert.Equal(0, ProofAssert.Verifies(_chain.AccountProof(1_000_000_021), _chain.GenesisHash).Account!.Posted);
        Assert.Null(ProofAssert.Verifies(_chain.AccountProof(1_000_000_022), _chain.GenesisHash).Account);
    }

    [Fact]
    public void Any_record_of_the_state_is_proven()
    {
        foreach (var table in new[] { TableId.Chain, TableId.Keysets, TableId.Assets, TableId.Ranges })
        {
            var file = RecordProofFile.OfRecord(_chain.AnchorAt(1), RecordProof.Build(_chain.Fixture.State.Tables, table, 1), _chain.Tables);
            ProofAssert.Verifies(file.Encode(), _chain.GenesisHash);
        }
    }

    [Fact]
    public void A_record_that_is_not_there_cannot_be_built()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => RecordProof.Build(_chain.Fixture.State.Tables, TableId.Accounts, Missing));
        Assert.Throws<ArgumentOutOfRangeException>(() => RecordProof.Build(_chain.Fixture.State.Tables, TableId.Accounts, 0));
    }

    [Fact]
    public void Encoding_what_was_decoded_gives_the_same_bytes()
    {
        foreach (var account in new[] { ProofChain.Alice, Unused, Missing })
        {
            var file = _chain.AccountProof(account);
            Assert.Equal(file, RecordProofFile.Decode(file).Encode());
        }
    }

    [Fact]
    public void An_account_proof_with_one_changed_byte_is_refused()
    {
        foreach (var account in new[] { ProofChain.Alice, Unused, Missing })
        {
            ProofAssert.EveryChangedByteIsRefused(_chain.AccountProof(account), _chain.GenesisHash);
        }
    }

    [Fact]
    public void A_forger_who_makes_the_file_hash_right_again_gets_nothing_but_the_truth_about_another_account()
    {
        foreach (var account in new[] { ProofChain.Alice, Unused, Missing })
        {
            foreach (var (forged, at) in ProofAssert.Forged(_chain.AccountProof(account)))
            {
                var verification = ProofVerifier.Verify(forged, _chain.GenesisHash);
                Assert.True(!verification.IsVerified || IsTrue(verification, forged), $"byte {at} of the proof of account {account}");
            }
        }
    }

    [Fact]
    public void A_truncated_or_extended_account_proof_is_refused()
    {
        foreach (var account in new[] { ProofChain.Alice, Unused, Missing })
        {
            ProofAssert.EveryTruncationAndExtensionIsRefused(_chain.AccountProof(account), _chain.GenesisHash);
        }
    }

    [Fact]
    public void An_account_that_exists_is_not_proven_missing()
    {
        var file = _chain.AccountProofFile(Missing) with { Missing = new AccountNumber(21) };

        ProofAssert.FailsFirst(CheckNames.Existence, file.Encode(), _chain.GenesisHash);
    }

    [Fact]
    public void An_empty_slot_alone_proves_no_account()
    {
        var file = _chain.AccountProofFile(Unused);

        ProofAssert.FailsFirst(CheckNames.Existence, (file with { Records = [file.Records[0]] }).Encode(), _chain.GenesisHash);
    }

    [Fact]
    public void A_range_proves_only_its_own_unused_members()
    {
        var file = _chain.AccountProofFile(Unused);
        var used = _chain.AccountProofFile(ProofChain.Alice).Records[0];
        var otherRange = RecordProof.Build(_chain.Fixture.State.Tables, TableId.Ranges, 2);

        ProofAssert.FailsFirst(CheckNames.Existence, (file with { Records = [file.Records[0], otherRange] }).Encode(), _chain.GenesisHash);
        ProofAssert.FailsFirst(CheckNames.Existence, (file with { Records = [used, otherRange] }).Encode(), _chain.GenesisHash);
        ProofAssert.FailsFirst(CheckNames.Existence, (file with { Records = [file.Records[1], file.Records[0]] }).Encode(), _chain.GenesisHash);
    }

    [Fact]
    public void An_older_state_is_not_proven_by_a_newer_header()
    {
        var old = _chain.AccountProofFile(ProofChain.Alice);
        _chain.SealWith([ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 1)], _chain.AliceKey);

        ProofAssert.FailsFirst(CheckNames.StateRoot, (old with { Anchor = _chain.AnchorAt(2) }).Encode(), _chain.GenesisHash);
        ProofAssert.FailsFirst(CheckNames.Records, (old with { Anchor = _chain.AnchorAt(2), Tables = _chain.Tables }).Encode(), _chain.GenesisHash);
    }

    [Fact]
    public void A_state_root_that_lags_is_proven_as_of_its_own_height()
    {
        var tables = _chain.Tables;
        var record = RecordProof.Build(_chain.Fixture.State.Tables, TableId.Accounts, ProofChain.Alice);
        var root = _chain.Fixture.LastDraft!.Header.StateRoot;
        _chain.Fixture.Submit([ProofChain.Move(ProofChain.Alice, ProofChain.Bob, 1)], _chain.AliceKey);
        _chain.Fixture.Seal(Ledger.Blocks.StateRootChoice.Carry(1, root));

        var verification = ProofAssert.Verifies(RecordProofFile.OfRecord(_chain.AnchorAt(2), record, tables).Encode(), _chain.GenesisHash);

        Assert.Equal(1_000, verification.Account!.Posted);
        Assert.StartsWith("block 1, whose state block 2,", verification.Claims.Single(claim => claim.Name == "as of").Text);
    }

    private bool IsTrue(Verification verification, byte[] file)
    {
        if (verification.Account is not { } shown)
        {
            return RecordProofFile.Decode(file).Missing is { Value: >= Missing };
        }

        _chain.Fixture.State.Accounts.TryRead(shown.Number.Value, out var record);
        return (shown.Posted, shown.Owner.Value, shown.Asset.Value, shown.LastBlock.Value) == (record.Posted, record.Owner, record.Asset, record.LastBlock);
    }
}
