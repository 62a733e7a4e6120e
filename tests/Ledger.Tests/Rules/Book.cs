using Actors.Ledger.Accounts;
using Actors.Ledger.Blocks;
using Actors.Ledger.Chains;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Signing;
using Actors.Ledger.State;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Rules;

/// <summary>
/// A chain that scripts run against (<see cref="Script"/>). It starts with keysets operator, issuer, alice, bob and carol, the asset
/// EUR of the issuer, its account mint without floor, and the accounts a (alice, four, 1,000 on the first), b (bob, four) and
/// c (carol, four).
/// </summary>
internal sealed class Book
{
    private readonly List<byte[]> _blocks = [];
    private readonly List<(string Line, IReadOnlyList<string> Creating, ExecutionResult Result)> _open = [];
    private BlockExecution? _making;
    private Key _sealingKey = Names.Key("sealing");
    private ulong _submitted;

    public Book()
    {
        var settings = new GenesisSettings(ChainId.Parse("book"), new Timestamp(1_000_000), Names.Keyset("operator"), _sealingKey.Public);
        Genesis = Genesis.Create(settings);
        State = ChainState.Create(Genesis, new NoPages());
        NowMs = 1_000_000;
        Names.Bind("operator", 1);
        Script.Run(this, """
            operator+issuer+alice+bob+carol: keyset issuer issuer; keyset alice alice; keyset bob bob; keyset carol carol; asset EUR issuer => Committed
            issuer+alice+bob+carol: open mint issuer EUR nofloor; open a alice EUR count=4; open b bob EUR count=4; open c carol EUR count=4 => Committed
            issuer: transfer mint a 1000 => Committed
            """);
    }

    public Genesis Genesis { get; }

    public ChainState State { get; }

    public Names Names { get; } = new();

    public ulong NowMs { get; set; }

    public IReadOnlyList<byte[]> Blocks => _blocks;

    public static void Run(string script)
    {
        var book = new Book();
        Script.Run(book, script);
        book.Replay();
    }

    /// <summary>Executes a transaction in the block in the making; its effects are known once the block ends.</summary>
    public ExecutionResult Submit(TransactionKind kind, IOperation[] operations, string signers, string line, ulong expiresInMs = 60_000)
    {
        var expiry = new Timestamp(NowMs + expiresInMs + (expiresInMs == 60_000 ? _submitted++ : 0));
        var transaction = Transaction.Create(Genesis.Hash, expiry, kind, operations.Length, OperationCodec.Encode(operations));
        return Submit(transaction, signers, line);
    }

    public ExecutionResult Submit(Transaction transaction, string signers, string line)
    {
        _making ??= new BlockExecution(State, NowMs);
        var keys = signers.Split('+', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var result = _making.Execute(transaction, Array.ConvertAll(keys, key => new Signer(Names.Key(key).Public, default)));
        if (result.IsRecorded)
        {
            _open.Add((line, [.. Names.Creating], result));
        }

        return result;
    }

    /// <summary>Ends the block: names are bound to what was created under them, and each line is checked against its effects.</summary>
    public Block EndBlock(Action<string, TransactionEffect> check)
    {
        var draft = (_making ?? new BlockExecution(State, NowMs)).Finish(StateRootChoice.Now);
        _making = null;
        var bytes = draft.Encode(_sealingKey.Sign(draft.EncodedHeader));
        _blocks.Add(bytes);
        _sealingKey = draft.ChangedSealingKey is null ? _sealingKey : Names.Key("sealing2");
        var block = Block.Parse(bytes);
        for (var i = 0; i < _open.Count; i++)
        {
            var effect = block.Effect(i);
            BindCreated(block.Transactions[i].Transaction, effect, _open[i].Creating);
            check(_open[i].Line, effect);
        }

        _open.Clear();
        Names.BeginTransaction();
        return block;
    }

    public AccountRecord Account(string name)
    {
        Assert.True(State.Accounts.TryRead(Names.Account(name).Value, out var account), $"account {name} is not there");
        return account;
    }

    public PendingRecord Pending(string name) => State.Pendings.Read(Names[name]);

    /// <summary>Replays every block from the genesis and requires the same state root.</summary>
    public void Replay()
    {
        var state = ChainState.Create(Genesis, new NoPages());
        var replay = new BlockReplay(state);
        foreach (var block in _blocks)
        {
            replay.Replay(block);
        }

        Assert.Equal(State.Head.StateRoot, state.Head.StateRoot);
    }

    private void BindCreated(Transaction transaction, TransactionEffect effect, IReadOnlyList<string> creating)
    {
        var next = 0;
        var created = effect.Operations.Where(entry => entry.Created > 0).ToDictionary(entry => entry.Operation, entry => entry.Created);
        for (var i = 0; i < transaction.OperationCount && next < creating.Count; i++)
        {
            if (OperationCodec.Creates((OperationType)transaction.Operation(i)[0]) == CreatedKind.None)
            {
                continue;
            }

            var name = creating[next++];
            if (created.TryGetValue(i, out var number))
            {
                Names.Bind(name, number);
            }
        }
    }
}

/// <summary>A chain in memory has no snapshot to read from.</summary>
internal sealed class NoPages : IPageSource
{
    public bool ReadPage(TableId table, ulong page, Span<byte> into) =>
        throw new InvalidOperationException($"page {page} of {table} was asked for, but there is no snapshot");
}
