using Actors.Cli.Client;
using Actors.Engine;
using Actors.Engine.Chains;
using Actors.Ledger;
using Actors.Ledger.Hashing;
using Actors.Ledger.Keysets;
using Actors.Ledger.Notes;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;
using Actors.ProcessTests.Programs;

namespace Actors.ProcessTests.Copies;

/// <summary>A data folder with a chain of many blocks, which no process has open.</summary>
public sealed class LongChain : IAsyncLifetime
{
    public const string Name = "demo";
    private const int Blocks = 1_200; // some batches of a copy, and an audit that takes a while
    private readonly DataFolder _folder = new();
    private readonly SigningKey _operator = SigningKey.Create();

    public string DataFolder => _folder.Path;

    public async Task InitializeAsync()
    {
        await using var node = LedgerNode.Open(new LedgerNodeOptions { DataFolder = DataFolder, Chain = new ChainOptions { SnapshotLogBytes = 50_000 } });
        var chain = await node.CreateChainAsync(new ChainCreation(ChainId.Parse(Name), KeysetDefinition.Single(_operator.Public)), default);
        for (var height = 0; height < Blocks; height++)
        {
            await WriteNoteAsync(chain);
        }
    }

    public Task DisposeAsync()
    {
        _operator.Dispose();
        _folder.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>One block.</summary>
    internal async Task WriteNoteAsync(ILedgerChain chain)
    {
        var builder = new TransactionBuilder(chain.Genesis.Hash).Add(new Note(EntityReference.Numbered(1), Hash256.Zero, Guid.NewGuid().ToByteArray()));
        var transaction = builder.Build(new Timestamp((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 60_000));
        var result = await chain.SubmitAsync(builder.Sign(transaction, [_operator]), default);
        Assert.Equal(Outcome.Committed, result.Outcome);
    }
}
