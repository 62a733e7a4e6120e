using System.Buffers.Binary;
using Actors.Cli.Client;
using Actors.Ledger;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;

namespace Actors.ProcessTests.Load;

/// <summary>One keyset with its accounts. Signs for one client at a time.</summary>
internal sealed class Payer(Book book, SigningKey key, uint keyset, IReadOnlyList<AccountNumber> accounts) : IDisposable
{
    private const long TooMuch = 1L << 50;
    private const int SmallMax = 50;
    private static long _made;

    public Book Book => book;

    public IReadOnlyList<AccountNumber> Accounts => accounts;

    /// <summary>From one of the payer's accounts to anybody's; now and then more than it has.</summary>
    public Transfer Pay(Random random)
    {
        var (debit, credit) = Pair(random);
        return new Transfer(debit, credit, Amount(random), NextReference());
    }

    /// <summary>The payer decides of it; a short one times out before anybody may have done so.</summary>
    public Pending SetAside(Random random, TimeSpan timeout)
    {
        var (debit, credit) = Pair(random);
        var until = new Timestamp((ulong)DateTimeOffset.UtcNow.Add(timeout).ToUnixTimeMilliseconds());
        return new Pending(debit, credit, Amount(random), until, EntityReference.Numbered(keyset), NextReference());
    }

    /// <summary>Signs the operations and writes them down.</summary>
    public Sent Write(TransactionKind kind, params IReadOnlyList<IOperation> operations)
    {
        var builder = new TransactionBuilder(book.Genesis.Hash, kind);
        foreach (var operation in operations)
        {
            builder.Add(operation);
        }

        var transaction = builder.Build(Expiries.Next());
        var sent = new Sent(transaction, operations, builder.Sign(transaction, [key]));
        book.Journal.Write(sent);
        return sent;
    }

    public void Dispose() => key.Dispose();

    private static long Amount(Random random) => random.Next(20) == 0 ? TooMuch : random.Next(1, SmallMax);

    /// <summary>Without it two transfers of the same millisecond could be the same transaction.</summary>
    private static Reference NextReference()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Interlocked.Increment(ref _made));
        return new Reference(bytes);
    }

    private (AccountReference Debit, AccountReference Credit) Pair(Random random)
    {
        var debit = accounts[random.Next(accounts.Count)];
        var others = book.Payers[random.Next(book.Payers.Count)].Accounts;
        var credit = others[random.Next(others.Count)];
        return (AccountReference.Numbered(debit), AccountReference.Numbered(credit == debit ? book.Issuer : credit));
    }
}
