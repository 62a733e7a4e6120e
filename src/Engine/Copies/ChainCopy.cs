using Actors.Engine.Audits;
using Actors.Engine.Stores;
using Actors.Ledger.Hashing;
using Actors.Ledger.State;

namespace Actors.Engine.Copies;

/// <summary>How far a copy is: blocks first, then an audit of as many.</summary>
public readonly record struct CopyProgress(ulong Done, ulong Of, bool IsAudit);

/// <summary>What was copied and what the audit of the copy found.</summary>
public sealed record CopyReport(ulong BlocksCopied, AuditReport Audit, IReadOnlyList<string> Findings)
{
    public bool IsClean => Findings.Count == 0;
}

/// <summary>
/// Moves a chain into another store: closes the source for writing, for ever; copies it in bounded batches under a name that no node opens; audits the
/// copy; and gives it its name last. Whatever ends it, running it again goes on where it stopped, also when only its answer was lost.
/// </summary>
/// <remarks>
/// To copy first and close afterwards would lose what is committed in between, and a source that is not closed goes on beside its copy: two
/// histories under one sealing key. The copy has no name of its own while it is incomplete, because a node that opened it would go on from the
/// middle of the chain.
/// </remarks>
public sealed class ChainCopy
{
    private const int BlocksPerBatchMax = 256;
    private const long BytesPerBatchMax = 16 * 1024 * 1024;
    private const int PagesPerBatch = 256;
    private readonly INodeStore _from;
    private readonly Func<INodeStore> _open;
    private readonly string _toName;

    /// <param name="from">The store that the chain leaves.</param>
    /// <param name="open">Opens the store that it goes to.</param>
    /// <param name="toName">What the closed source says of where it went; the same each time.</param>
    public ChainCopy(INodeStore from, Func<INodeStore> open, string toName)
    {
        _from = from;
        _open = open;
        _toName = toName;
    }

    /// <exception cref="ChainClosedException">The source was closed before, to go on somewhere else.</exception>
    /// <exception cref="ChainExistsException">The target has such a chain already, and not by this copy; nothing was changed.</exception>
    /// <exception cref="StoreException">A store failed; what was copied stays, and running again goes on.</exception>
    public async Task<CopyReport> RunAsync(string chainId, IProgress<CopyProgress>? progress, CancellationToken cancellation)
    {
        using var source = _from.OpenChain(chainId);
        using var to = _open();
        if (to.ListChains().Contains(chainId))
            return await AuditFinishedAsync(source, to, chainId, progress, cancellation).ConfigureAwait(false);
        Close(source);
        var name = UnfinishedCopy.NameOf(source.Genesis.Span);
        var copied = Copy(source, to, name, progress, cancellation);
        var report = await AuditAsync(name, copied, progress, cancellation).ConfigureAwait(false);
        if (report.IsClean)
            to.RenameChain(name, chainId);
        return report;
    }

    /// <summary>A copy has its name once it is audited. It is audited again, with what was added to it since.</summary>
    private async Task<CopyReport> AuditFinishedAsync(IChainStore source, INodeStore to, string chainId, IProgress<CopyProgress>? progress, CancellationToken cancellation)
    {
        using (var target = to.OpenChain(chainId))
        {
            if (source.ReadClosedTo() != _toName || !target.Genesis.Span.SequenceEqual(source.Genesis.Span))
                throw new ChainExistsException(chainId);
            RequireSameHistory(target, source.ReadHead(), "the chain", "the source that was closed to go on in it");
        }

        return await AuditAsync(chainId, copied: 0, progress, cancellation).ConfigureAwait(false);
    }

    private void Close(IChainStore source)
    {
        try
        {
            source.Close(source.TakeEpoch().Epoch, _toName);
        }
        catch (ChainClosedException closed) when (closed.MovedTo == _toName)
        {
            // By an earlier run of this copy.
        }
    }

    private static ulong Copy(IChainStore source, INodeStore to, string name, IProgress<CopyProgress>? progress, CancellationToken cancellation)
    {
        using var target = to.ListChains().Contains(name) ? to.OpenChain(name) : to.CreateChain(name, source.Genesis);
        var head = target.TakeEpoch();
        var end = source.ReadHead();
        RequireSameHistory(source, head, "the source", "its unfinished copy");
        CopyBlocks(source, target, head, end.Height, progress, cancellation);
        CopySnapshot(source, target, head.Epoch, cancellation);
        target.WriteHeadFile(end.Height, end.HeaderHash);
        return end.Height - head.Height;
    }

    /// <summary>The head of one is a block of the other.</summary>
    private static void RequireSameHistory(IChainStore longer, in StoredHead head, string longerName, string shorterName)
    {
        var hashes = new Hash256[1];
        if (head.Height > 0 && (longer.ReadHeaderHashes(head.Height, hashes) != 1 || hashes[0] != head.HeaderHash))
            throw new HeadMovedException($"block {head.Height} of {longerName}", $"{head.HeaderHash} in {shorterName}");
    }

    private static void CopyBlocks(
        IChainStore source, IChainStore target, in StoredHead head, ulong through, IProgress<CopyProgress>? progress, CancellationToken cancellation)
    {
        var batch = new List<BlockAppend>(BlocksPerBatchMax);
        long bytes = 0;
        for (var height = head.Height + 1; height <= through; height++)
        {
            cancellation.ThrowIfCancellationRequested();
            var block = source.ReadAppend(height) ?? throw new StoreCorruptException($"expected block {height} in the source, found none");
            batch.Add(block);
            bytes += block.Bytes.Length;
            if (batch.Count < BlocksPerBatchMax && bytes < BytesPerBatchMax && height < through)
                continue;
            target.AppendAll(head.Epoch, batch);
            batch.Clear();
            bytes = 0;
            progress?.Report(new CopyProgress(height, through, IsAudit: false));
        }
    }

    /// <summary>The snapshot can be made again from the blocks; it is copied so that the first start does not replay all of them.</summary>
    private static void CopySnapshot(IChainStore source, IChainStore target, ulong epoch, CancellationToken cancellation)
    {
        if (source.ReadManifest() is not { } manifest || target.ReadManifest()?.Snapshot >= manifest.Snapshot)
            return;
        while (target.DropSuperseded(epoch, PagesPerBatch) > 0)
        {
        }

        var shapes = TableShape.All(StoredGenesis.Parse(source).Settings.LeafRecords);
        var pages = new List<(int Table, ulong Page)>();
        source.ReadPageHashes((table, page, _) => pages.Add((table, page)));
        foreach (var batch in pages.Chunk(PagesPerBatch))
        {
            cancellation.ThrowIfCancellationRequested();
            target.WritePages(epoch, manifest.Snapshot, [.. batch.Select(page => ReadPage(source, shapes[page.Table], page.Page))]);
        }

        target.SwitchSnapshot(epoch, manifest);
    }

    private static PageWrite ReadPage(IChainStore source, in TableShape shape, ulong page)
    {
        var bytes = new byte[shape.PageBytes];
        if (!source.TryReadPage((int)shape.Id, page, bytes, out var hash, out var hashOnly))
            throw new StoreCorruptException($"expected page {page} of table {shape.Id} in the source's snapshot, found none");
        return new PageWrite((int)shape.Id, page, hash, hashOnly ? ReadOnlyMemory<byte>.Empty : bytes);
    }

    private async Task<CopyReport> AuditAsync(string name, ulong copied, IProgress<CopyProgress>? progress, CancellationToken cancellation)
    {
        using var chain = StoredChain.Open(_open(), name);
        var head = chain.HeadHeight;
        var audit = await ChainAudit.RunAsync(chain, null, progress is null ? null : new AuditProgress(progress, head), cancellation).ConfigureAwait(false);
        return new CopyReport(copied, audit, [.. audit.Findings, .. StoreAudit.Run(chain, cancellation)]);
    }

    private sealed class AuditProgress(IProgress<CopyProgress> progress, ulong of) : IProgress<ulong>
    {
        public void Report(ulong value) => progress.Report(new CopyProgress(value, of, IsAudit: true));
    }
}
