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
    private ulong _transactions;
    private ulong _operations;

    private ChainAudit()
    {
    }

    /// <summary>Runs the audit; <paramref name="progress"/> hears the height reached.</summary>
    /// <param name="source">The chain.</param>
    /// <param name="genesis">The identity that the auditor expects; null accepts the source's and only reports it.</param>
    /// <param name="progress">May be null.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<AuditReport> RunAsync(IBlockSource source, Hash256? genesis, IProgress<ulong>? progress, CancellationToken cancellation)
    {
        var audit = new ChainAudit();
        Genesis document;
        try
        {
            document = Genesis.Parse(source.Genesis.Span);
        }
        catch (MalformedException malformed)
        {
            return audit.Report(Sha256.Of(source.Genesis.Span), null, 0, $"the genesis document does not decode: {malformed.Message}");
        }

        if (genesis is { } expected && expected != document.Hash)
        {
            return audit.Report(document.Hash, null, 0, $"the chain's genesis hash is {document.Hash}, expected {expected}");
        }

        var state = ChainState.Create(document, NoPages.Instance);
        using var signatures = new SignatureCheck();
        await audit.ReplayAsync(source, state, signatures, progress, cancellation).ConfigureAwait(false);
        var inUse = audit.CheckSums(state);
        return audit.Report(document.Hash, state, signatures.Checked, null) with { AccountsInUse = inUse };
    }

    private async Task ReplayAsync(IBlockSource source, ChainState state, SignatureCheck signatures, IProgress<ulong>? progress, CancellationToken cancellation)
    {
        var replay = new BlockReplay(state, signatures);
        while (state.Head.Height < source.HeadHeight)
        {
            var height = state.Head.Height + 1;
            if (await source.ReadBlockAsync(height, cancellation).ConfigureAwait(false) is not { } bytes)
            {
                _findings.Add($"block {height} is missing");
                return;
            }

            try
            {
                Note(replay.Replay(bytes));
            }
            catch (Exception broken) when (broken is BrokenInvariantException or MalformedException)
            {
                _findings.Add(broken is MalformedException ? $"block {height} does not decode: {broken.Message}" : broken.Message);
                return;
            }

            progress?.Report(height);
        }
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

    private AuditReport Report(in Hash256 genesis, ChainState? state, long signatures, string? finding) => new(genesis, state?.Head.Height ?? 0, state?.Head.HeaderHash ?? genesis)
    {
        Transactions = _transactions,
        Operations = _operations,
        Signatures = signatures,
        Accounts = state?.Accounts.Count ?? 0,
        AccountsInUse = 0,
        SealingKeyChanges = _sealingKeyChanges,
        Findings = finding is null ? _findings : [finding],
    };

    /// <summary>An audit keeps all state in memory; a page that was never made is empty.</summary>
    private sealed class NoPages : IPageSource
    {
        public static NoPages Instance { get; } = new();

        public bool ReadPage(TableId table, ulong page, Span<byte> into) =>
            throw new BrokenInvariantException($"page {page} of table {table} is not in memory");
    }
}
