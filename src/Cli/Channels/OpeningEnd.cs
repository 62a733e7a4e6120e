using Actors.Cli.Client;
using Actors.Cli.Transactions;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Hashing;
using Actors.Ledger.Transactions;

namespace Actors.Cli.Channels;

/// <summary>One of the two chains that a channel is opened between, at its node, and how it stands there.</summary>
internal sealed class OpeningEnd(NodeClient node, Genesis genesis, SigningKeys keys, ChainId knownAs)
{
    private readonly List<string> _transactions = [];

    public ChainId Chain => genesis.ChainId;

    public Genesis Genesis => genesis;

    /// <summary>The name under which the other chain knows, or will know, this one.</summary>
    public ChainId KnownAs => knownAs;

    /// <summary>The transactions that were committed here.</summary>
    public IReadOnlyList<string> Transactions => _transactions;

    /// <exception cref="RefusedException">The node's chain has another genesis than the one expected.</exception>
    public static async Task<Genesis> GenesisAsync(NodeClient node, ChainId chain, Hash256? expected, CancellationToken cancellation)
    {
        var genesis = await node.GetGenesisAsync(chain, cancellation);
        return expected is not { } hash || genesis.Hash == hash
            ? genesis
            : throw new RefusedException(Outcome.WrongChain, $"the node's chain {chain} has genesis {genesis.Hash}, expected {hash}; nothing was signed");
    }

    /// <exception cref="CannotRunException">It is known and frozen.</exception>
    public async Task<PeerAnswer?> FindPeerAsync(OpeningEnd other, CancellationToken cancellation)
    {
        var peer = (await node.AllPeersAsync(Chain, cancellation)).Find(known => known.Genesis == other.Genesis.Hash.ToString());
        return peer is { Frozen: true }
            ? throw new CannotRunException($"chain {Chain} has frozen its peer {peer.Name}, which contradicted itself at its block {peer.ConflictHeight}; 'actors peer resume {peer.Number}' trusts it again")
            : peer;
    }

    public async Task<List<ChannelAnswer>> ChannelsAsync(PeerAnswer? peer, CancellationToken cancellation) => peer is null ? []
        : (await node.AllChannelsAsync(Chain, cancellation)).FindAll(channel => channel.Peer.Number == peer.Number && channel.State != ChannelWords.Abandoned);

    public async Task<ChannelAnswer> ChannelAsync(uint number, CancellationToken cancellation) => (await node.GetChannelAsync(Chain, number, cancellation)).Value;

    public async Task<List<RouteAnswer>> RoutesAsync(uint channel, CancellationToken cancellation) => await node.AllRoutesAsync(Chain, channel, cancellation);

    public async Task<AssetAnswer> AssetAsync(uint number, CancellationToken cancellation) => (await node.GetAssetAsync(Chain, number, cancellation)).Value;

    /// <summary>Signs and submits; all operations are done on return.</summary>
    /// <exception cref="RefusedException">The ledger said no.</exception>
    public async Task<TransactionAnswer> SubmitAsync(TransactionBuilder builder, CancellationToken cancellation)
    {
        if (keys.All.Count == 0)
        {
            throw new CannotRunException($"chain {Chain} has something to sign: give its operator's key with --key, or with --from-key and --to-key where the two differ");
        }

        var expiry = DateTimeOffset.UtcNow + SigningOptions.ExpiresInDefault;
        var transaction = builder.Build(new Timestamp((ulong)expiry.ToUnixTimeMilliseconds()));
        var answer = await SendAsync(builder.Sign(transaction, keys.All), cancellation);
        if (answer.Outcome != Outcome.Committed)
        {
            throw new RefusedException(answer.Outcome, $"on chain {Chain}: {answer.Detail ?? $"on record in block {answer.Height}"}", answer.Id);
        }

        _transactions.Add(transaction.Id.ToString());
        return answer;
    }

    private async Task<TransactionAnswer> SendAsync(byte[] envelope, CancellationToken cancellation)
    {
        try
        {
            return (await node.SubmitAsync(Chain, envelope, cancellation)).Value;
        }
        catch (RefusedException refusal)
        {
            throw new RefusedException(refusal.Outcome, $"on chain {Chain}: {refusal.Detail}");
        }
    }
}
