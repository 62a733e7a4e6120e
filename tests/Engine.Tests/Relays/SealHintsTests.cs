using Actors.Engine.Chains;
using Actors.Engine.Intake;
using Actors.Engine.Relays;
using Actors.Engine.Stores.Sqlite;
using Actors.Engine.Tests.Chains;
using Actors.Ledger;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Tests.Relays;

/// <summary>The threads that check signatures check the seals of peers' headers too, by what the chain's light clients hold.</summary>
public sealed class SealHintsTests
{
    [Fact]
    public async Task Seals_are_checked_before_the_writer_has_them_and_a_forged_one_is_known_by_then()
    {
        await using var one = new TestNode();
        await using var other = new TestNode();
        var pair = await TestPair.CreateAsync(one, other);
        await pair.Home.CommitAsync(pair.Out(700));
        var position = (await ((IRelayEnd)pair.Away.Chain).GetRelayPositionAsync(1, default))!;
        var batch = (await ((IRelayEnd)pair.Home.Chain).ExportAsync(1, position.Cursor, default))!;
        var genesis = pair.Away.Chain.Genesis;
        var good = batch.Encode(genesis, position.Peer, 1, new Timestamp(other.Clock.UnixMs + 60_000));
        await other.StopAsync();
        using var stores = new SqliteNodeStore(other.DataFolder);
        using var store = stores.OpenChain(TestPair.AwayName);
        var sink = new Sink(genesis.Hash, new SealHints(ChainRecovery.Recover(genesis, store).State));
        var held = sink.Hints.Find(position.Peer)!.Value;

        Assert.Equal((pair.Home.Chain.Genesis.Hash, position.Cursor.Held), (held.Genesis, held.Height));
        Assert.True((await VerifyAsync(good, sink)).Find(0, held.SealingKey, 0));
        Assert.False((await VerifyAsync(WithoutSeal(good, genesis.Hash), sink)).Find(0, held.SealingKey, 0));
        Assert.Null(sink.Hints.Find(position.Peer + 1));
    }

    private static async Task<CheckedSeals> VerifyAsync(byte[] envelope, Sink sink)
    {
        var submission = new Submission(envelope, admittedAtMs: 0);
        new VerifyPool(workersMax: 1, keysMax: 10).Enqueue(submission, sink);
        await sink.Woken.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(submission.IsVerified && submission.Refusal is null);
        return submission.Seals!;
    }

    private static byte[] WithoutSeal(byte[] envelope, in Hash256 genesis)
    {
        var transaction = Envelope.Parse(envelope, genesis).Transaction;
        var update = (UpdatePeer)OperationCodec.Read(transaction.Operation(0)) with { Seal = default };
        return Envelope.Encode(genesis, Transaction.Create(genesis, transaction.Expiry, TransactionKind.Proven, 1, OperationCodec.Encode([update])), []);
    }

    private sealed class Sink(Hash256 genesis, SealHints hints) : IVerifiedSink
    {
        public Hash256 GenesisHash => genesis;

        public SealHints Hints => hints;

        public SemaphoreSlim Woken { get; } = new(0);

        public void Wake() => Woken.Release();
    }
}
