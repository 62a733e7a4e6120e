using Actors.Engine.Stores;
using Actors.Ledger.Accounts;
using Actors.Ledger.Blocks;
using Actors.Ledger.Chains;
using Actors.Ledger.Hashing;
using Actors.Ledger.State;
using Actors.Ledger.Wire;

namespace Actors.Engine.Audits;

/// <summary>
/// Trusts nobody: replays a whole chain from its genesis, recomputes every root, checks every seal and every signature of every
/// transaction, and sums every asset. Needs memory for the state (64 bytes an account in use, and trees).
/// </summary>
public sealed class ChainAudit
{
    private readonly List<string> _findings = [];
    private readonly List<ulong> _sealingKeyChanges = [];
    private readonly IBlockSource _source;
    private readonly Hash256 _genesis;
    private readonly SignatureCheck _signatures = new();
    private readonly BlockReplay? _replay;
    private Block? _next;
    private ulong _transactions;
    private ulong _operations;

    private ChainAudit(IBlockSource source, Hash256? genesis)
    {
        _source = source;
        _genesis = Sha256.Of(source.Genesis.Span);
        try
        {
            var document = Genesis.Parse(source.Genesis.Span);
            if (genesis is { } expected && expected != document.Hash)
            {
                _findings.Add($"the chain's genesis hash is {document.Hash}, expected {expected}");
                return;
            }

            State = ChainState.Create(document, NoPages.Instance);
            _replay = new BlockReplay(State, _signatures);
        }
        catch (MalformedException malformed)
        {
            _findings.Add($"the genesis document does not decode: {malformed.Message}");
        }
    }

    /// <summary>Runs the audit; <paramref name="progress"/> hears the height reached.</summary>
    /// <param name="source">The chain.</param>
    /// <param name="genesis">The identity that the auditor expects; null accepts the source's and only reports it.</param>
    /// <param name="progress">May be null.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<AuditReport> RunAsync(IBlockSource source, Hash256? genesis, IProgress<ulong>? progress, CancellationToken cancellation)
    {
        var audit = Begin(source, genesis);
        while (await audit.StepAsync(cancellation).ConfigureAwait(false) is not null)
        {
            progress?.Report(audit.Height);
        }

        return audit.End();
    }

    /// <summary>An audit that is driven block by block; it MUST be ended.</summary>
    internal static ChainAudit Begin(IBlockSource source, Hash256? genesis) => new(source, genesis);

    internal Hash256 GenesisHash => _genesis;

    /// <summary>As of the block replayed last; null when there is no chain to replay.</summary>
    internal ChainState? State { get; }

    internal ulong Height => State?.Head.Height ?? 0;

    /// <summary>Everything up to the head was replayed, or something was found that ends the replay.</summary>
    internal bool IsOver => _replay is null || _findings.Count > 0 || Height >= _source.HeadHeight;

    /// <summary>The block to be replayed next; null when it is over.</summary>
    internal async ValueTask<Block?> PeekAsync(CancellationToken cancellation)
    {
        if (_next is not null || IsOver)
        {
            return _next;
        }

        try
        {
            if (await _source.ReadBlockAsync(Height + 1, cancellation).ConfigureAwait(false) is { } bytes)
            {
                return _next = Block.Parse(bytes);
            }

            _findings.Add($"block {Height + 1} is missing");
        }
        catch (MalformedException malformed)
        {
            _findings.Add($"block {Height + 1} does not decode: {malformed.Message}");
        }
        catch (StoreCorruptException damage)
        {
            _findings.Add(damage.Message);
        }

        return null;
    }

    /// <summary>Replays the next block and gives it; null when it is over.</summary>
    internal async ValueTask<Block?> StepAsync(CancellationToken cancellation)
    {
        if (await PeekAsync(cancellation).ConfigureAwait(false) is not { } block)
        {
            return null;
        }

        _next = null;
        try
        {
            Note(_replay!.Replay(block));
        }
        catch (Exception broken) when (broken is BrokenInvariantException or MalformedException)
        {
            _findings.Add(broken is MalformedException ? $"block {block.Header.Height} does not decode: {broken.Message}" : broken.Message);
            return null;
        }

        return block;
    }

    /// <summary>Sums every asset, and says what was found.</summary>
    internal AuditReport End()
    {
        var inUse = State is null ? 0 : CheckSums(State);
        var report = new AuditReport(_genesis, Height, State?.Head.HeaderHash ?? _genesis)
        {
            Transactions = _transactions,
            Operations = _operations,
            Signatures = _signatures.Checked,
            Accounts = State?.Accounts.Count ?? 0,
            AccountsInUse = inUse,
            SealingKeyChanges = _sealingKeyChanges,
            Findings = _findings,
        };
        _signatures.Dispose();
        return report;
    }

    private void Note(BlockDraft draft)
    {
        _transactions += draft.Header.TransactionCount;
        _operations += draft.Header.OperationCount;
        if (draft.ChangedSealingKey is not null)
        {
            _sealingKeyChanges.Add(draft.Header.Height.Value);
        }

        draft.Release();
    }

    private ulong CheckSums(ChainState state)
    {
        var sums = new Dictionary<uint, Int128>();
        ulong inUse = 0;
        for (ulong page = 0; page * TableShape.PageRecords < state.Accounts.Count; page++)
        {
            if (state.Tables[TableId.Accounts].Peek(page) is not { } resident)
            {
                continue;
            }

            foreach (ref readonly var account in System.Runtime.InteropServices.MemoryMarshal.Cast<byte, AccountRecord>(resident.Bytes))
            {
                if (!account.IsUntouched)
                {
                    inUse++;
                    sums[account.Asset] = sums.GetValueOrDefault(account.Asset) + account.Posted;
                }
            }
        }

        foreach (var (asset, sum) in sums.Where(sum => sum.Value != 0))
        {
            _findings.Add($"posted over all accounts of asset {asset} sums to {sum}, expected 0");
        }

        return inUse;
    }

    /// <summary>An audit keeps all state in memory; a page that was never made is empty.</summary>
    private sealed class NoPages : IPageSource
    {
        public static NoPages Instance { get; } = new();

        public bool ReadPage(TableId table, ulong page, Span<byte> into) =>
            throw new BrokenInvariantException($"page {page} of table {table} is not in memory");
    }
}
