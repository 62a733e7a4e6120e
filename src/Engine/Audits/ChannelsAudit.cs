namespace Actors.Engine.Audits;

/// <summary>
/// Audits several chains together. What one chain says of a channel proves nothing about the other: replay shows that each kept its own rules, not that
/// the header that minted a voucher is in the history that the other chain shows to everybody. Comparing the newest states does not either, since
/// chains go on at their own pace. So the chains are replayed side by side, each block only once the headers that it rests on have been: then no light
/// client ever holds a header above the other chain's, every step is a consistent cut, and the first block after which escrow is not vouchers plus
/// what is in flight is found on the way. Needs memory for the states of all chains.
/// </summary>
public sealed class ChannelsAudit
{
    private readonly List<ChainWalk> _chains;
    private readonly ChannelBooks _books;

    private ChannelsAudit(IReadOnlyList<AuditedChain> chains)
    {
        _chains = [.. chains.Select(chain => new ChainWalk(chain))];
        _books = new ChannelBooks(_chains);
    }

    /// <summary>Runs the audit; <paramref name="progress"/> hears which chain, by its place in the list, has reached which height.</summary>
    /// <exception cref="ArgumentException">Two of the chains are the same.</exception>
    public static async Task<ChannelsReport> RunAsync(IReadOnlyList<AuditedChain> chains, IProgress<(int Chain, ulong Height)>? progress, CancellationToken cancellation)
    {
        var audit = new ChannelsAudit(chains);
        var same = audit._chains.GroupBy(chain => chain.Genesis).FirstOrDefault(group => group.Count() > 1);
        if (same is not null)
        {
            throw new ArgumentException($"{string.Join(" and ", same.Select(chain => chain.Name))} are the same chain, with genesis hash {same.Key}", nameof(chains));
        }

        await audit.WalkAsync(progress, cancellation).ConfigureAwait(false);
        return await audit.ReportAsync(progress, cancellation).ConfigureAwait(false);
    }

    /// <summary>Replays in the order of cause and effect, as far as that goes.</summary>
    private async Task WalkAsync(IProgress<(int Chain, ulong Height)>? progress, CancellationToken cancellation)
    {
        for (var moved = true; moved;)
        {
            moved = false;
            for (var i = 0; i < _chains.Count; i++)
            {
                while (await _chains[i].PeekAsync(cancellation).ConfigureAwait(false) && _chains[i].RestsOn.All(IsReplayed))
                {
                    if (!await _chains[i].StepAsync(cancellation).ConfigureAwait(false))
                    {
                        break;
                    }

                    _books.Enter(_chains[i]);
                    progress?.Report((i, _chains[i].Height));
                    moved = true;
                }
            }
        }
    }

    private bool IsReplayed(HeaderTaken taken) => _books.Find(taken.Chain) is not { } peer || peer.Height >= taken.Height;

    private async Task<ChannelsReport> ReportAsync(IProgress<(int Chain, ulong Height)>? progress, CancellationToken cancellation)
    {
        // What lies above the cut cannot be compared; each chain for itself is audited to its head all the same.
        var cut = _chains.ConvertAll(chain => chain.Height);
        var (routes, notCompared) = (_books.Routes(), _books.NotCompared().ToList());
        for (var i = 0; i < _chains.Count; i++)
        {
            if (await _chains[i].PeekAsync(cancellation).ConfigureAwait(false) && _chains[i].RestsOn.FirstOrDefault(taken => !IsReplayed(taken)) is { Height: > 0 } beyond)
            {
                var peer = _books.Find(beyond.Chain)!;
                notCompared.Add($"channels of {_chains[i].Name} above block {_chains[i].Height}: the next one rests on header {beyond.Height} of {peer.Name}, which was audited to {peer.Height}");
            }
        }

        for (var i = 0; i < _chains.Count; i++)
        {
            while (await _chains[i].StepAsync(cancellation).ConfigureAwait(false))
            {
                progress?.Report((i, _chains[i].Height));
            }
        }

        return new ChannelsReport(_chains.ConvertAll(chain => chain.End()))
        {
            Cut = cut,
            Routes = routes,
            NotCompared = notCompared,
            ActsOfTrust = _books.ActsOfTrust,
            Findings = _books.Findings,
        };
    }
}
