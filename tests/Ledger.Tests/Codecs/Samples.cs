using Actors.Ledger.Blocks;
using Actors.Ledger.Chains;
using Actors.Ledger.Operations;
using Actors.Ledger.Tests.Channels;
using Actors.Ledger.Tests.Oracle;
using Actors.Ledger.Tests.Rules;
using Actors.Ledger.Tests.Vectors;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Codecs;

/// <summary>Good bytes of every kind, from a short random chain and one operation of each type with every field set.</summary>
internal sealed class Samples
{
    public Samples()
    {
        var chain = new OracleChain(5, signs: true);
        Genesis = chain.Genesis;
        var timeMs = 1_000_000UL;
        for (var i = 0; i < 25; i++)
        {
            var block = chain.Begin(timeMs);
            for (var t = 0; t < 4; t++)
            {
                var submission = i + t == 0 ? chain.Workload.Prologue(timeMs + 1_000) : chain.Workload.Next(timeMs);
                chain.Execute(block, submission);
                Envelopes.Add(Envelope.Encode(Genesis.Hash, submission.Transaction, chain.Sign(submission)));
                Note(submission.Transaction);
            }

            Blocks.Add(chain.End(block, StateRootChoice.Now));
            Note(Block.Parse(Blocks[^1]));
            timeMs += 4_000;
        }

        foreach (var operation in new ScriptOperations(new Names(), 1_000).Read(AllOperations))
        {
            Operations.Add(OperationCodec.Encode([operation]));
        }

        Operations.AddRange(ChannelOperationVectors.All.Select(vector => OperationCodec.Encode([vector.Operation])));
        Note(ChannelOperationVectors.Make());
    }

    public Genesis Genesis { get; }

    public List<byte[]> Envelopes { get; } = [];

    public List<byte[]> Operations { get; } = [];

    /// <summary>A count byte, then the operations of a transaction.</summary>
    public List<byte[]> TransactionOperations { get; } = [];

    public List<byte[]> Blocks { get; } = [];

    public List<byte[]> TransactionLeaves { get; } = [];

    public List<byte[]> ExpiryLeaves { get; } = [];

    public List<byte[]> TouchLeaves { get; } = [];

    public List<byte[]> PacketLeaves { get; } = [];

    public List<byte[]> Packets { get; } = [];

    public List<byte[]> Acknowledgements { get; } = [];

    private const string AllOperations = """
        keyset k a:1,b:2,c:3/4; change-keyset k a,b/2; asset USD k restricted; open x #2 #3 count=1000000000 floor=-7 ceiling=99;
        open y k USD nofloor; transfer x+999999999 y max; pending p #1 #2 5 100 by k; post p 3; post #7; void #9; floor x none; floor x -5;
        ceiling y none; ceiling #3 7; freeze #1; thaw #2; close y; note #1 a b c; sealing-key s; operator k; alias x some-alias.1_
        """;

    private void Note(Pair pair)
    {
        pair.Link.Acknowledge(pair.Home);
        Blocks.AddRange(pair.Home.Fixture.Blocks.Concat(pair.Away.Fixture.Blocks));
        for (ulong height = 1; height <= pair.Home.Height; height++)
        {
            Note(pair.Home.Block(height));
        }

        for (ulong height = 1; height <= pair.Away.Height; height++)
        {
            Note(pair.Away.Block(height));
        }

        Packets.AddRange(pair.Home.Packets(1));
        Acknowledgements.AddRange(pair.Away.Acknowledgements(1));
    }

    private void Note(Transaction transaction)
    {
        for (var i = 0; i < transaction.OperationCount; i++)
        {
            Operations.Add(transaction.Operation(i).ToArray());
        }

        if (transaction.OperationCount < byte.MaxValue && transaction.Kind != TransactionKind.Proven)
        {
            TransactionOperations.Add([(byte)transaction.OperationCount, .. transaction.Operations.Span]);
        }
    }

    private void Note(Block block)
    {
        for (var i = 0; i < block.EffectLeaves.Count; i++)
        {
            var leaf = block.EffectLeaves[i].ToArray();
            var kind = i < block.Transactions.Count ? TransactionLeaves
                : leaf[0] == EffectLeaf.ExpiryTag ? ExpiryLeaves
                : leaf[0] == EffectLeaf.PacketTag ? PacketLeaves
                : TouchLeaves;
            kind.Add(leaf);
        }
    }
}
