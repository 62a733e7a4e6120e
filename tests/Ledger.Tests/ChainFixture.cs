using System.Security.Cryptography;
using Actors.Ledger.Blocks;
using Actors.Ledger.Chains;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.State;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests;

/// <summary>A key pair of a test.</summary>
internal class Key(ECDsa key)
{
    public Key()
        : this(ECDsa.Create(ECCurve.NamedCurves.nistP256))
    {
    }

    public ECDsa Private { get; } = key;

    public PublicKey Public => Es256.PublicKeyOf(Private);

    public KeysetDefinition Keyset => KeysetDefinition.Single(Public);

    public virtual Signature Sign(ReadOnlySpan<byte> message) => Es256.Sign(Private, message);
}

/// <summary>
/// A chain in memory with a clock that only the test moves: signs and executes transactions, seals blocks and keeps them.
/// The block in the making begins with the first submission after a seal, at <see cref="NowMs"/>.
/// </summary>
internal sealed class ChainFixture
{
    public const ulong CreatedMs = 1_800_000_000_000;
    private const ulong BlockIntervalMs = 1_000;
    private readonly Func<Key> _newKey;
    private readonly List<Key> _keys = [];
    private readonly List<byte[]> _blocks = [];
    private readonly List<Key> _sealers = [];
    private BlockExecution? _making;
    private ulong _submitted;

    private ChainFixture(string chainId, int leafRecords, Func<Key> newKey)
    {
        _newKey = newKey;
        Operator = NewKey();
        SealingKey = NewKey();
        Genesis = Genesis.Create(new GenesisSettings(ChainId.Parse(chainId), new Timestamp(CreatedMs), Operator.Keyset, SealingKey.Public) { LeafRecords = leafRecords });
        State = ChainState.Create(Genesis, new NoPages());
    }

    public Genesis Genesis { get; }

    /// <summary>The only key of keyset 1.</summary>
    public Key Operator { get; }

    /// <summary>Seals the next block; follows a committed ChangeSealingKey to a key of <see cref="NewKey"/>.</summary>
    public Key SealingKey { get; private set; }

    /// <summary>The key that sealed a block.</summary>
    public Key SealerOf(ulong height) => _sealers[(int)height - 1];

    public ChainState State { get; }

    /// <summary>Every sealed block; the one at height h has index h - 1.</summary>
    public IReadOnlyList<byte[]> Blocks => _blocks;

    /// <summary>The last sealed block before its seal: its header, its undo log, its state cut.</summary>
    public BlockDraft? LastDraft { get; private set; }

    /// <summary>The time of the next block to begin; each seal moves it on by a second.</summary>
    public ulong NowMs { get; set; } = CreatedMs + BlockIntervalMs;

    /// <summary>Keys are random unless <paramref name="newKey"/> makes them.</summary>
    public static ChainFixture Create(string chainId = "test", int leafRecords = 16, Func<Key>? newKey = null) =>
        new(chainId, leafRecords, newKey ?? (() => new Key()));

    public Key NewKey()
    {
        var key = _newKey();
        _keys.Add(key);
        return key;
    }

    /// <summary>Signs an atomic transaction and executes it in the block in the making.</summary>
    public ExecutionResult Submit(IReadOnlyList<IOperation> operations, params Key[] signers) =>
        Submit(TransactionKind.Atomic, operations, signers);

    /// <summary>The same for a bulk.</summary>
    public ExecutionResult SubmitBulk(IReadOnlyList<IOperation> operations, params Key[] signers) =>
        Submit(TransactionKind.Bulk, operations, signers);

    public ExecutionResult Submit(TransactionKind kind, IReadOnlyList<IOperation> operations, params Key[] signers) =>
        Submit(Make(kind, operations), signers);

    public ExecutionResult Submit(Transaction transaction, params Key[] signers) => Submit(transaction, default(WriterTerms), signers);

    public ExecutionResult Submit(Transaction transaction, WriterTerms terms, params Key[] signers)
    {
        _making ??= new BlockExecution(State, NowMs);
        var signed = Array.ConvertAll(signers, key => new Signer(key.Public, key.Sign(transaction.Signed)));
        return _making.Execute(transaction, signed, terms);
    }

    /// <summary>A transaction that expires in about a minute; no two are the same.</summary>
    public Transaction Make(TransactionKind kind, IReadOnlyList<IOperation> operations) => Transaction.Create(
        Genesis.Hash, new Timestamp(NowMs + 60_000 + _submitted++), kind, operations.Count, OperationCodec.Encode(operations));

    /// <summary>Ends the block in the making (an empty one if nothing was submitted) and returns its bytes, sealed.</summary>
    public byte[] Seal() => Seal(StateRootChoice.Now);

    public byte[] Seal(StateRootChoice choice)
    {
        var draft = (_making ?? new BlockExecution(State, NowMs)).Finish(choice);
        var bytes = draft.Encode(SealingKey.Sign(draft.EncodedHeader));
        _making = null;
        NowMs += BlockIntervalMs;
        _blocks.Add(bytes);
        _sealers.Add(SealingKey);
        LastDraft = draft;
        SealingKey = draft.ChangedSealingKey is { } changed ? _keys.Find(key => key.Public == changed)! : SealingKey;
        return bytes;
    }

    private sealed class NoPages : IPageSource
    {
        public bool ReadPage(TableId table, ulong index, Span<byte> into) =>
            throw new InvalidOperationException($"a chain in memory has no snapshot to read page {index} of {table} from");
    }
}
