using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Rules;

/// <summary>
/// A post of a group is a few bytes, its effects are as large as the group: without a bound, groups gathered over many blocks could be
/// posted in one block that is too large to be read again.
/// </summary>
public sealed class SettlementBoundRules
{
    private const int Groups = 9;

    [Fact]
    public void A_transaction_settles_at_most_65_536_pendings_and_then_its_block_is_full()
    {
        var book = new Book();
        var pendings = Enumerable.Range(0, Limits.OperationsPerTransactionMax).Select(_ => "pending p a b 1 9000");
        var group = new ScriptOperations(book.Names, book.NowMs).Read(string.Join('&', pendings));
        Script.Run(book, "issuer: transfer mint a 999999 => Committed");
        for (var i = 0; i < Groups; i++)
        {
            Assert.True(book.Submit(TransactionKind.Atomic, group, "alice", "").IsRecorded);
            book.EndBlock((_, effect) => Assert.Equal(Outcome.Committed, effect.Outcome));
        }

        var posts = Enumerable.Range(0, Groups).Select(i => $"post #{1 + (i * Limits.OperationsPerTransactionMax)}");
        var transaction = Transaction.Create(book.Genesis.Hash, new Timestamp(book.NowMs + 1), TransactionKind.Bulk, Groups, OperationCodec.Encode(new ScriptOperations(book.Names, book.NowMs).Read(string.Join(';', posts))));
        var block = new BlockExecution(book.State, book.NowMs);
        Assert.True(block.HasRoomFor(transaction));
        Assert.True(block.Execute(transaction, [new Signing.Signer(Names.Key("bob").Public, default)]).IsRecorded);
        Assert.False(block.HasRoomFor(transaction));
        var effect = Block.Parse(block.Finish(StateRootChoice.Now).Encode(default)).Effect(0);
        Assert.Equal([.. Enumerable.Repeat(Outcome.Committed, Groups - 1), Outcome.TooManySettlements], effect.Operations.Select(operation => operation.Outcome));
        Assert.Equal(Limits.SettlementsPerTransactionMax, effect.Operations.Sum(operation => operation.Settlements.Count));
    }
}
