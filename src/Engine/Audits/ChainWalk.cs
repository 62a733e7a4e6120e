using Actors.Ledger.Blocks;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Proofs;
using Actors.Ledger.State;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Audits;

/// <summary>A header of another chain that a block made the newest one held: shown by proof, or by the operator's word.</summary>
internal readonly record struct HeaderTaken(Hash256 Chain, ulong Height, Hash256 Hash, bool ByTrust);

/// <summary>One of several chains while they are replayed side by side.</summary>
internal sealed class ChainWalk(AuditedChain chain)
{
    private readonly ChainAudit _audit = ChainAudit.Begin(chain.Source, chain.Genesis);
    private readonly List<Hash256> _headers = [];
    private Block? _next;

    public string Name => chain.Name;

    public Hash256 Genesis => _audit.GenesisHash;

    public ulong Height => _audit.Height;

    /// <summary>As of <see cref="Height"/>; null when nothing of the chain can be replayed.</summary>
    public ChainState? State => _audit.State;

    /// <summary>The headers that the next block takes, or after a step those that the block replayed last took.</summary>
    public IReadOnlyList<HeaderTaken> RestsOn { get; private set; } = [];

    /// <summary>The hash of a header that was replayed.</summary>
    public Hash256 HeaderHash(ulong height) => height == 0 ? Genesis : _headers[(int)height - 1];

    /// <summary>Looks at the next block; false when there is none, or it cannot be read.</summary>
    public async ValueTask<bool> PeekAsync(CancellationToken cancellation)
    {
        if (await _audit.PeekAsync(cancellation).ConfigureAwait(false) is not { } block)
        {
            return false;
        }

        if (block != _next)
        {
            (_next, RestsOn) = (block, TakenBy(block));
        }

        return true;
    }

    /// <summary>Replays the next block; false when there is none, or it does not come out as it says.</summary>
    public async ValueTask<bool> StepAsync(CancellationToken cancellation)
    {
        if (await _audit.StepAsync(cancellation).ConfigureAwait(false) is not { } block)
        {
            return false;
        }

        _headers.Add(block.Hash);
        return true;
    }

    public AuditReport End() => _audit.End();

    private static List<HeaderTaken> TakenBy(Block block)
    {
        var taken = new List<HeaderTaken>();
        for (var i = 0; i < block.Transactions.Count; i++)
        {
            var transaction = block.Transactions[i].Transaction;
            TransactionEffect? effect = null;
            for (var at = 0; at < transaction.OperationCount; at++)
            {
                if ((OperationType)transaction.Operation(at)[0] is OperationType.UpdatePeer or OperationType.ResumePeer
                    && (effect ??= block.Effect(i)).OutcomeOf(at) == Outcome.Committed)
                {
                    taken.Add(Read(OperationCodec.Read(transaction.Operation(at))));
                }
            }
        }

        return taken;
    }

    private static HeaderTaken Read(IOperation operation) => operation switch
    {
        UpdatePeer update => Of(update.Header, byTrust: false),
        ResumePeer resume => Of(resume.Header, byTrust: true),
        _ => throw new ArgumentException($"{operation.Type} takes no header", nameof(operation)),
    };

    private static HeaderTaken Of(BlockHeader header, bool byTrust) => new(header.Genesis, header.Height.Value, Sha256.Of(header.Encode()), byTrust);
}
