using System.Security.Cryptography;
using Actors.Engine.Chains;
using Actors.Engine.Faults;
using Actors.Ledger;
using Actors.Ledger.Hashing;
using Actors.Ledger.Keysets;
using Actors.Ledger.Notes;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Tests.Sealing;

/// <summary>A chain whose sealing key is not there, as after a restore without it.</summary>
public sealed class MissingSealingKeyTests : IDisposable
{
    private static readonly ChainId Demo = ChainId.Parse("demo");
    private readonly string _folder = Directory.CreateTempSubdirectory("actors-sealing-").FullName;
    private readonly ECDsa _operator = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private string KeyFile => Directory.GetFiles(Path.Combine(_folder, "sealing-keys", "demo")).Single();

    [Theory]
    [InlineData(null)]
    [InlineData("no key")]
    public async Task Without_its_key_a_chain_is_read_and_not_written_and_goes_on_once_it_is_back(string? instead)
    {
        await using (var node = Open())
        {
            await node.CreateChainAsync(new ChainCreation(Demo, KeysetDefinition.Single(Es256.PublicKeyOf(_operator))), default);
        }

        var (path, key) = (KeyFile, await File.ReadAllTextAsync(KeyFile));
        File.Delete(path);
        if (instead is not null)
        {
            await File.WriteAllTextAsync(path, instead);
        }

        await using var without = Open();
        var chain = (await without.FindChainAsync(Demo, default))!;
        var envelope = Envelope(chain);
        var fault = await Assert.ThrowsAsync<WritesStoppedException>(() => chain.SubmitAsync(envelope, default).AsTask());
        Assert.Contains("sealing keys", fault.Message);
        Assert.Equal(0ul, (await chain.GetStatusAsync(false, default)).Height.Value);

        await File.WriteAllTextAsync(path, key);
        Assert.Equal(Outcome.Committed, (await chain.SubmitAsync(envelope, default)).Outcome);
    }

    public void Dispose()
    {
        _operator.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private LedgerNode Open() => LedgerNode.Open(new LedgerNodeOptions { DataFolder = _folder, Chain = new ChainOptions { RetryWritesAfterMs = 0 } });

    private byte[] Envelope(ILedgerChain chain)
    {
        var note = OperationCodec.Encode([new Note(EntityReference.Numbered(1), Hash256.Zero, ReadOnlyMemory<byte>.Empty)]);
        var expiry = new Timestamp((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 60_000);
        var transaction = Transaction.Create(chain.Genesis.Hash, expiry, TransactionKind.Atomic, 1, note);
        var signer = new Signer(Es256.PublicKeyOf(_operator), Es256.Sign(_operator, transaction.SignedMessage.Span));
        return Ledger.Transactions.Envelope.Encode(chain.Genesis.Hash, transaction, [signer]);
    }
}
