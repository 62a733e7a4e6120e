using Actors.Grains.Chains;
using Actors.Grains.Channels;
using Actors.Grains.Submissions;

namespace Actors.Grains;

/// <summary>
/// One chain; the key is its id. Runs the chain's only writer: should there for a moment be two, the store's fence refuses the older one, which
/// stops, and the next call starts afresh. Calls interleave. Every member may throw <see cref="Faults.LedgerFaultException"/>.
/// </summary>
[Alias("actors.chain")]
public interface IChainGrain : IGrainWithStringKey
{
    /// <summary>How long <see cref="WaitForBlockAsync"/> waits at most before it answers with the height there is.</summary>
    public static readonly TimeSpan BlockWaitMax = TimeSpan.FromSeconds(10);

    /// <summary>Takes envelopes, checks their signatures, and answers each when it is durable or refused.</summary>
    [Alias("submit")]
    Task<SubmissionAnswer[]> SubmitAsync(EnvelopeBatch envelopes);

    /// <summary>As <see cref="SubmitAsync"/>, for a batch that a silo has checked and vouches for; anything else is refused.</summary>
    [Alias("submit-checked")]
    Task<SubmissionAnswer[]> SubmitCheckedAsync(CheckedBatch batch);

    /// <summary>The genesis document.</summary>
    [Alias("genesis")]
    Task<byte[]> GetGenesisAsync();

    /// <summary>With <paramref name="current"/> only after the store confirmed that this is still the writer.</summary>
    [Alias("head")]
    Task<ChainHead> GetHeadAsync(bool current);

    [Alias("find-transaction")]
    Task<LookupAnswer> FindTransactionAsync(byte[] id);

    /// <summary>The receipt file, or of one operation; null when it is not recorded.</summary>
    [Alias("receipt")]
    Task<byte[]?> GetReceiptAsync(byte[] id, int? operation);

    [Alias("account")]
    Task<AccountState?> GetAccountAsync(ulong number, bool current);

    [Alias("alias")]
    Task<ulong?> FindAliasAsync(uint owner, string alias);

    [Alias("keyset")]
    Task<KeysetState?> GetKeysetAsync(uint number, bool current);

    [Alias("asset")]
    Task<AssetState?> GetAssetAsync(uint number, bool current);

    [Alias("pending")]
    Task<PendingAnswer?> GetPendingAsync(ulong number, bool current);

    /// <summary>The record-proof file of an account, as of a state root no older than the request.</summary>
    [Alias("prove-account")]
    Task<byte[]> ProveAccountAsync(ulong number);

    [Alias("statement")]
    Task<StatementAnswer?> GetStatementAsync(ulong number, StatementRequest request);

    /// <summary>The statement file for checking offline.</summary>
    [Alias("statement-file")]
    Task<byte[]?> GetStatementFileAsync(ulong number, StatementRequest request);

    [Alias("peers")]
    Task<PeerState[]> ListPeersAsync(uint after, int countMax);

    [Alias("peer")]
    Task<PeerState?> GetPeerAsync(uint number, bool current);

    [Alias("channels")]
    Task<ChannelAnswer[]> ListChannelsAsync(uint after, int countMax);

    [Alias("channel")]
    Task<ChannelAnswer?> GetChannelAsync(uint number, bool current);

    [Alias("routes")]
    Task<RouteState[]> ListRoutesAsync(uint channel, uint after, int countMax);

    /// <summary>Open channels to the peer of this name with a route for the asset; null when there is no such peer.</summary>
    [Alias("find-routes")]
    Task<RouteToPeerAnswer[]?> FindRoutesAsync(string peer, uint asset, int countMax);

    /// <summary>Packets that are not settled; null when there is no such channel.</summary>
    [Alias("packets")]
    Task<PacketsAnswer?> ListPacketsAsync(uint channel, PacketsRequest request);

    /// <summary>The operation that received a packet of the peer; null when it has not been received.</summary>
    [Alias("find-received")]
    Task<ReceivedAnswer?> FindReceivedAsync(uint channel, ulong sequence, ulong? before);

    /// <summary>The packet file from a block; null when the block moved no value for the packet.</summary>
    [Alias("prove-packet")]
    Task<byte[]?> ProvePacketAsync(uint channel, ulong sequence, bool refunded, ulong height);

    /// <summary>What became of the packets of a transaction; null when it is not recorded.</summary>
    [Alias("deliveries")]
    Task<DeliveriesAnswer?> GetDeliveriesAsync(byte[] id, DeliveriesRequest request);

    /// <summary>A part of the stored bytes of a block, from <paramref name="offset"/>; null above the head.</summary>
    [Alias("block")]
    Task<BytesPart?> GetBlockAsync(ulong height, int offset);

    /// <summary>Header and seal; null above the head.</summary>
    [Alias("signed-header")]
    Task<byte[]?> GetSignedHeaderAsync(ulong height);

    /// <summary>Null if either height is not there.</summary>
    [Alias("prove-history")]
    Task<HistoryAnswer?> ProveHistoryAsync(ulong height, ulong size);

    /// <summary>The newest height: as soon as it is above <paramref name="after"/>, or after <see cref="BlockWaitMax"/> as it is.</summary>
    [Alias("wait-for-block")]
    Task<ulong> WaitForBlockAsync(ulong after);

    /// <summary>Makes and keeps a sealing key that the operator may then name in a transaction.</summary>
    [Alias("prepare-sealing-key")]
    Task<byte[]> PrepareSealingKeyAsync();
}
