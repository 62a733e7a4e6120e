using Actors.Ledger.Blocks;
using Actors.Ledger.Tests.Oracle;
using Actors.Ledger.Tests.Rules;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Replay;

/// <summary>What is taken back leaves nothing: no byte, count, index entry, due pending or id.</summary>
public sealed class UndoTests
{
    private const int Blocks = 40;

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public void A_refused_or_answered_transaction_leaves_nothing(int seed)
    {
        var chain = new OracleChain(seed);
        var refused = 0;
        Run(chain, Blocks, (block, submission) =>
        {
            var before = StateDump.Of(chain.State);
            var touched = chain.State.Accounts.Touches.ToArray();
            chain.Execute(block, submission);
            var isRefused = chain.Last.Outcome != Outcome.Committed;
            if (isRefused || chain.Last.Operations.All(outcome => outcome != Outcome.Committed))
            {
                refused++;
                Assert.Equal(before, StateDump.Of(chain.State));
                Assert.Equal(touched, chain.State.Accounts.Touches.ToArray());
            }
        });
        Assert.True(refused > 50, $"only {refused} were refused");
    }

    [Theory]
    [InlineData(41)]
    [InlineData(42)]
    [InlineData(43)]
    public void A_block_that_is_taken_back_leaves_nothing_and_comes_out_the_same_again(int seed)
    {
        var (live, random) = (new OracleChain(seed), new Random(seed));
        var core = new OracleChain(seed);
        var chooser = new RootChooser(new Random(seed), core.State);
        var ids = new List<TransactionId>();
        Run(live, Blocks, (block, submission) => live.Execute(block, submission), (timeMs, submissions) =>
        {
            ids.AddRange(submissions.Select(submission => submission.Transaction.Id));
            if (random.Next(2) == 0)
            {
                TakeBack(core, timeMs, submissions, ids, random, chooser);
            }

            var choice = chooser.Next(timeMs);
            var (first, head) = (StateDump.Of(core.State), StateDump.OfHead(core.State, ids));
            var draft = Execute(core, timeMs, submissions).Finish(choice);
            draft.Cut?.Compute();
            draft.RollBack();
            Assert.Equal((first, head), (StateDump.Of(core.State), StateDump.OfHead(core.State, ids)));
            var again = Execute(core, timeMs, submissions).Finish(choice);
            Assert.Equal(draft.Hash, again.Hash);
            Assert.True(draft.Body.Span.SequenceEqual(again.Body.Span));
            chooser.Note(again);
        });
        Assert.Equal(StateDump.Of(live.State), StateDump.Of(core.State));
        Assert.Equal(NaiveRoot.Of(core.State), core.State.Tables.BeginCut().Compute().Root);
    }

    /// <summary>An abandoned block, then two blocks on top of each other, the second with other transactions and much later.</summary>
    private static void TakeBack(OracleChain core, ulong timeMs, List<Submission> submissions, List<TransactionId> ids, Random random, RootChooser chooser)
    {
        var before = (StateDump.Of(core.State), StateDump.OfHead(core.State, ids));
        Execute(core, timeMs + (ulong)random.Next(50_000), submissions).Abandon();
        Assert.Equal(before, (StateDump.Of(core.State), StateDump.OfHead(core.State, ids)));
        var draft = Execute(core, timeMs, submissions).Finish(chooser.Next(timeMs));
        draft.Cut?.Compute();
        var later = Execute(core, timeMs + 400_000, []).Finish(StateRootChoice.Now);
        later.RollBack();
        draft.RollBack();
        Assert.Equal(before, (StateDump.Of(core.State), StateDump.OfHead(core.State, ids)));
    }

    [Fact]
    public void Tree_nodes_above_a_block_that_was_taken_back_are_not_used_again()
    {
        var book = new Book();
        const string far = "issuer+alice: open x alice EUR count=5000; transfer a x+4999 1; transfer a x+2000 1; transfer a x+700 1 => Committed";
        Finish(book, far).RollBack();
        Script.Run(book, "alice: transfer a b 1 => Committed");
        Script.Run(book, "issuer+alice: open y alice EUR count=5000; transfer a y+100 1 => Committed");
        Assert.Equal(NaiveRoot.Of(book.State), book.State.Head.StateRoot);
        book.Replay();
    }

    private static BlockDraft Finish(Book book, string line)
    {
        var block = new BlockExecution(book.State, book.NowMs);
        var operations = new ScriptOperations(book.Names, book.NowMs).Read(line.Split(':', 2)[1].Split("=>")[0]);
        var transaction = Transaction.Create(book.Genesis.Hash, new Timestamp(book.NowMs + 1), TransactionKind.Atomic, operations.Length, Ledger.Operations.OperationCodec.Encode(operations));
        var signers = line.Split(':', 2)[0].Split('+').Select(name => new Signing.Signer(Names.Key(name).Public, default));
        Assert.True(block.Execute(transaction, [.. signers]).IsRecorded);
        return block.Finish(StateRootChoice.Now);
    }

    private static BlockExecution Execute(OracleChain core, ulong timeMs, List<Submission> submissions)
    {
        var block = new BlockExecution(core.State, timeMs);
        foreach (var submission in submissions)
        {
            block.Execute(submission.Transaction, core.Sign(submission));
        }

        return block;
    }

    private static void Run(OracleChain chain, int blocks, Action<BlockExecution, Submission> execute, Action<ulong, List<Submission>>? after = null)
    {
        var timeMs = 1_000_000UL;
        for (var i = 0; i < blocks; i++)
        {
            var block = chain.Begin(timeMs);
            var submissions = new List<Submission>();
            for (var t = 0; t < 6; t++)
            {
                submissions.Add(i + t == 0 ? chain.Workload.Prologue(timeMs + 1_000) : chain.Workload.Next(timeMs));
                execute(block, submissions[^1]);
            }

            chain.End(block, StateRootChoice.Now);
            after?.Invoke(timeMs, submissions);
            timeMs = chain.Workload.NextTimeMs(timeMs);
        }
    }
}
