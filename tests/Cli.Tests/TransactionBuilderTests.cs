using Actors.Cli.Client;
using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Assets;
using Actors.Ledger.Hashing;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;
using Actors.Ledger.Wire;

namespace Actors.Cli.Tests;

public sealed class TransactionBuilderTests
{
    private static readonly Hash256 Genesis = new(Enumerable.Repeat((byte)7, 32).ToArray());
    private static readonly Timestamp Expiry = new(1_800_000_000_000);

    [Fact]
    public void Opening_and_funding_is_one_transaction_of_things_it_creates_itself()
    {
        using var key = SigningKey.Create();
        var builder = new TransactionBuilder(Genesis);
        var owner = builder.Create(new OpenKeyset(KeysetDefinition.Single(key.Public)));
        var asset = builder.Create(new CreateAsset(owner, 2, "EUR"));
        var issuer = builder.Open(new OpenAccounts(owner, asset, 1, AccountLimits.NoFloor));
        var accounts = builder.Open(new OpenAccounts(owner, asset, 10));
        builder.Add(new Transfer(issuer(0), accounts(9), 100));
        var transaction = builder.Build(Expiry);
        Assert.Equal(5, transaction.OperationCount);
        Assert.Equal(new Transfer(AccountReference.Created(2), AccountReference.Created(3, 9), 100), OperationCodec.Read(transaction.Operation(4)));
    }

    [Fact]
    public void Every_key_signs_the_same_bytes()
    {
        using SigningKey first = SigningKey.Create(), second = SigningKey.Create();
        var builder = new TransactionBuilder(Genesis, TransactionKind.Bulk).Add(new Close(AccountReference.Numbered(new AccountNumber(3))));
        var transaction = builder.Build(Expiry);
        var envelope = Envelope.Parse(builder.Sign(transaction, [first, second]), Genesis);
        Assert.Equal(transaction.Id, envelope.Transaction.Id);
        Assert.Equal(TransactionKind.Bulk, envelope.Transaction.Kind);
        Assert.Equal([first.Public, second.Public], envelope.Signers.Select(signer => signer.Key));
        Assert.All(envelope.Signers, signer => Assert.True(Es256.Verify(signer.Key, transaction.SignedMessage.Span, signer.Signature)));
    }

    [Fact]
    public void A_reference_to_something_that_is_not_created_is_refused_before_signing()
    {
        var builder = new TransactionBuilder(Genesis).Add(new Close(AccountReference.Created(0)));
        Assert.Throws<MalformedException>(() => builder.Build(Expiry));
    }
}
