using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Tests.Rules;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Tests.Codecs;

/// <summary>What an envelope must be, and with which outcome it is refused.</summary>
public sealed class EnvelopeTests
{
    private const int VersionAt = 0;
    private const int KindAt = 1 + 32 + 6;
    private static readonly Hash256 Genesis = Sha256.Of("a chain"u8);
    private static readonly Signer[] Alice = [new Signer(Names.Key("alice").Public, default)];

    [Fact]
    public void It_comes_back_as_it_was()
    {
        var bytes = Encode("transfer #1 #2 5; close #1");
        var envelope = Envelope.Parse(bytes, Genesis);
        Assert.Equal(2, envelope.Transaction.OperationCount);
        Assert.Equal(Alice, envelope.Signers);
        Assert.Equal(bytes, Envelope.Encode(Genesis, envelope.Transaction, envelope.Signers));
    }

    [Fact]
    public void Signing_again_makes_no_second_transaction()
    {
        var bob = new Signer(Names.Key("bob").Public, default);
        var (first, second) = (Envelope.Parse(Encode("note #1"), Genesis), Envelope.Parse(Encode("note #1", [bob, .. Alice]), Genesis));
        Assert.Equal(first.Transaction.Id, second.Transaction.Id);
        Assert.Equal(first.Transaction.Expiry, first.Transaction.Id.Expiry);
    }

    [Fact]
    public void Cut_anywhere_it_is_malformed()
    {
        var bytes = Encode("transfer #1 #2 5");
        for (var length = 0; length < bytes.Length; length++)
        {
            Refused(Outcome.Malformed, bytes[..length]);
        }
    }

    [Fact]
    public void The_outcome_says_what_is_wrong()
    {
        var bytes = Encode("transfer #1 #2 5");
        var schemeAt = bytes.Length - Envelope.SignatureBytes;
        Refused(Outcome.UnsupportedVersion, Changed(bytes, VersionAt, 2));
        Refused(Outcome.WrongChain, Changed(bytes, 1, (byte)(bytes[1] ^ 1)));
        Refused(Outcome.Malformed, Changed(bytes, KindAt, 0));
        Refused(Outcome.SurplusSignature, Changed(bytes, KindAt, 3));
        Refused(Outcome.Malformed, Changed(bytes, KindAt, 4));
        Refused(Outcome.Malformed, Changed(bytes, KindAt + 1, 0));
        Refused(Outcome.Malformed, Changed(bytes, KindAt + 1, 2));
        Refused(Outcome.UnsupportedScheme, Changed(bytes, schemeAt, 2));
        Refused(Outcome.MissingSignature, Changed(bytes, schemeAt - 1, 0));
        Refused(Outcome.Malformed, Changed(bytes, schemeAt - 1, 65));
        Refused(Outcome.DuplicateSigner, Encode("note #1", [.. Alice, .. Alice]));
        Refused(Outcome.Malformed, [.. bytes, 0]);
        Refused(Outcome.TooLarge, new byte[Limits.EnvelopeBytesMax + 1]);
    }

    [Fact]
    public void An_earlier_refusal_hides_a_later_one()
    {
        var bytes = Encode("note #1", [.. Alice, .. Alice]);
        Refused(Outcome.WrongChain, Changed(bytes, 1, (byte)(bytes[1] ^ 1)));
        Refused(Outcome.UnsupportedVersion, Changed(Changed(bytes, 1, (byte)(bytes[1] ^ 1)), VersionAt, 0));
    }

    [Fact]
    public void Sixty_four_keys_may_sign()
    {
        var signers = Enumerable.Range(0, 65).Select(i => new Signer(new PublicKey([(byte)i, .. new byte[63]]), default)).ToArray();
        Assert.Equal(64, Envelope.Parse(Encode("note #1", signers[..64]), Genesis).Signers.Count);
        Refused(Outcome.Malformed, Encode("note #1", signers));
    }

    [Theory]
    [InlineData("keyset k k; open x k #1; transfer x #1 1")]
    [InlineData("keyset k k; asset USD k; open x k USD; pending p x #1 1 5 by k; post p")]
    public void References_point_backwards_at_the_right_kind(string operations) => Envelope.Parse(Encode(operations), Genesis);

    [Fact]
    public void Other_references_are_malformed()
    {
        var created = EntityReference.Created(0);
        var keyset = Read("keyset k k")[0];
        Malformed(new Keysets.ChangeKeyset(created, Names.Keyset("k")));
        Malformed(new Notes.Note(created, Hash256.Zero, default), keyset);
        Malformed(keyset, new Notes.Note(EntityReference.Created(1), Hash256.Zero, default));
        Malformed(keyset, new Pendings.Post(created));
        Malformed(keyset, new Pendings.Void(created));
        Malformed(keyset, new Accounts.Close(AccountReference.Created(0)));
        Malformed(keyset, new Accounts.OpenAccounts(created, created, 1));
        Malformed(keyset, new Assets.CreateAsset(EntityReference.Created(int.MaxValue), 2, "USD"));
        Malformed(new Transfers.Transfer(AccountReference.Numbered(new AccountNumber(1)), AccountReference.Created(0), 1));
        Malformed(new Accounts.OpenAccounts(EntityReference.Numbered(1), EntityReference.Numbered(1), 1), new Accounts.Close(AccountReference.Created(0, Limits.AccountsPerOpenMax)));
    }

    [Fact]
    public void Texts_hold_only_their_characters()
    {
        var issuer = EntityReference.Numbered(1);
        Malformed(new Assets.CreateAsset(issuer, 2, "eur"));
        Malformed(new Assets.CreateAsset(issuer, 2, "EU R"));
        Malformed(new Assets.CreateAsset(issuer, 10, "EUR"));
        Malformed(new Assets.CreateAsset(issuer, 2, ""));
        Malformed(new Assets.CreateAsset(issuer, 2, "ABCDEFGHIJKLMNOPQ"));
        Malformed(new Aliases.SetAlias(AccountReference.Numbered(new AccountNumber(1)), "Main"));
        Malformed(new Aliases.SetAlias(AccountReference.Numbered(new AccountNumber(1)), new string('a', 33)));
    }

    [Fact]
    public void The_last_operation_is_not_linked() =>
        Malformed(new Notes.Note(EntityReference.Numbered(1), Hash256.Zero, default, Linked: true));

    [Theory]
    [InlineData("k:0")]
    [InlineData("k/2")]
    [InlineData("k/0")]
    [InlineData("k,k")]
    [InlineData("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q")]
    public void A_keyset_has_distinct_keys_with_weights_that_reach_its_threshold(string keys) =>
        Assert.Throws<MalformedException>(() => Names.Keyset(keys));

    private static IOperation[] Read(string operations) => new ScriptOperations(new Names(), 1_000).Read(operations);

    private static byte[] Encode(string operations, Signer[]? signers = null)
    {
        var read = Read(operations);
        var transaction = Transaction.Create(Genesis, new Timestamp(77), TransactionKind.Atomic, read.Length, OperationCodec.Encode(read));
        return Envelope.Encode(Genesis, transaction, signers ?? Alice);
    }

    private static byte[] Changed(byte[] bytes, int at, byte value)
    {
        var changed = bytes.ToArray();
        changed[at] = value;
        return changed;
    }

    private static void Refused(Outcome outcome, byte[] bytes) =>
        Assert.Equal(outcome, Assert.Throws<MalformedException>(() => Envelope.Parse(bytes, Genesis)).Outcome);

    private static void Malformed(params IOperation[] operations) => Assert.Throws<MalformedException>(() =>
        Transaction.Create(Genesis, default, TransactionKind.Bulk, operations.Length, OperationCodec.Encode(operations)));
}
