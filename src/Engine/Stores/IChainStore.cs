using Actors.Ledger.Hashing;

namespace Actors.Engine.Stores;

/// <summary>
/// One chain's rows: the block log, which is the truth, and the snapshot, which can be made again from it.
/// </summary>
/// <remarks>
/// <para>
/// Two processes may believe that they write a chain: a split cluster, or one that was paused and woke up. A lock does
/// not help, because its holder does not notice that it is lost; looking first and writing then does not help, because
/// the other may write in between. So every write is one transaction that first updates the chain's one row on
/// condition of the writer's <em>epoch</em>. <see cref="TakeEpoch"/> raises the epoch, and from its return on every
/// write under an older one is refused with <see cref="FenceLostException"/>.
/// </para>
/// <para>
/// Reads may come from many threads at once, also during a write. Writes MUST come from one thread at a time, except
/// that the snapshot (<see cref="WritePages"/>, <see cref="SwitchSnapshot"/>, <see cref="DropSuperseded"/>) may be
/// written beside <see cref="Append"/>. A reader sees whole transactions only.
/// </para>
/// <para>
/// Any member may throw <see cref="StoreUnavailableException"/> or <see cref="StoreCorruptException"/>; a write may
/// also throw <see cref="StoreFullException"/>. After each of these nothing of that write is kept. Only
/// <see cref="OutcomeUnknownException"/> leaves it open: the writer MUST then take a new epoch and look, and MUST NOT
/// let anything of that write be seen before. Heights, times, epochs, page and snapshot numbers are below 2^63.
/// </para>
/// </remarks>
public interface IChainStore : IDisposable
{
    const int MovedToLengthMax = 1_024;

    /// <summary>The genesis document, as it was given to <see cref="INodeStore.CreateChain"/>.</summary>
    ReadOnlyMemory<byte> Genesis { get; }

    /// <summary>
    /// Becomes the writer: raises the epoch wherever it is kept. Durable on return, and from then on no older writer
    /// changes anything. The returned head is what that older writer left, an append of unknown outcome included.
    /// </summary>
    /// <exception cref="HeadBehindException">The store lost blocks that it once held; no epoch was taken.</exception>
    /// <exception cref="FenceLostException">Another writer took a newer epoch at the same time.</exception>
    /// <exception cref="ChainClosedException">It was closed for writing; no epoch was taken.</exception>
    StoredHead TakeEpoch();

    /// <summary>
    /// Closes the chain for writing, for ever: from its return on nobody takes an epoch or writes to its log, the caller included. Reads go on.
    /// Durable on return.
    /// </summary>
    /// <param name="epoch">The writer's epoch.</param>
    /// <param name="movedTo">Where the chain goes on, for whoever tries; 1 to <see cref="MovedToLengthMax"/> characters.</param>
    /// <exception cref="FenceLostException"><paramref name="epoch"/> is not the writer's any more.</exception>
    /// <exception cref="OutcomeUnknownException">It may or may not be closed.</exception>
    void Close(ulong epoch, string movedTo);

    /// <summary>Where the chain goes on, as <see cref="Close"/> was told; null while it is open for writing. Takes no epoch.</summary>
    string? ReadClosedTo();

    /// <summary>The head and the epoch in force, without taking one.</summary>
    StoredHead ReadHead();

    /// <summary>
    /// Returns only if no newer epoch was taken up to some moment during this call: a write that changes nothing. A
    /// read that is to be current MUST be confirmed by this, or by another fenced write, begun after it was asked for.
    /// </summary>
    /// <exception cref="FenceLostException"><paramref name="epoch"/> is not the writer's any more.</exception>
    void ConfirmEpoch(ulong epoch);

    /// <summary>
    /// Appends the next block with its filters, tiles and key changes, all or nothing. Durable on return: this is the
    /// moment the block happened.
    /// </summary>
    /// <exception cref="FenceLostException"><paramref name="epoch"/> is not the writer's any more.</exception>
    /// <exception cref="HeadMovedException">The head is not the one that <paramref name="block"/> builds on.</exception>
    /// <exception cref="OutcomeUnknownException">It may or may not have happened.</exception>
    void Append(ulong epoch, BlockAppend block);

    /// <summary>
    /// As <see cref="Append"/> does one, several blocks that follow one another: all of them or none, with one sync. For copies.
    /// </summary>
    /// <exception cref="FenceLostException"><paramref name="epoch"/> is not the writer's any more.</exception>
    /// <exception cref="HeadMovedException">The head is not the one that the first of <paramref name="blocks"/> builds on.</exception>
    /// <exception cref="OutcomeUnknownException">It may or may not have happened.</exception>
    void AppendAll(ulong epoch, IReadOnlyList<BlockAppend> blocks);

    /// <summary>
    /// The block as it was appended, with the filters, tiles and key changes that belong to it; null as for <see cref="ReadBlock"/>. A filter
    /// belongs to the last block that it covers, a tile to the block that completes it.
    /// </summary>
    BlockAppend? ReadAppend(ulong height);

    /// <summary>The block's bytes in a new array, or null above the head and at height 0.</summary>
    byte[]? ReadBlock(ulong height);

    /// <summary>
    /// The first bytes of the block, at most <paramref name="lengthMax"/>; null as for <see cref="ReadBlock"/>. MUST NOT
    /// read the rest from disk.
    /// </summary>
    byte[]? ReadBlockPrefix(ulong height, int lengthMax);

    /// <summary>
    /// Fills <paramref name="into"/> with the header hashes of the heights <paramref name="first"/> (at least 1) and up
    /// and returns how many there are: fewer than asked for only at the head.
    /// </summary>
    int ReadHeaderHashes(ulong first, Span<Hash256> into);

    /// <summary>
    /// The lowest height whose block's time is at or after <paramref name="timeMs"/>; the head's height + 1 when there is
    /// none. Takes a logarithmic number of small reads.
    /// </summary>
    ulong FirstHeightAtOrAfter(ulong timeMs);

    /// <summary>False when no such tile was appended.</summary>
    bool TryReadHistoryTile(int level, ulong index, out Hash256 root);

    /// <summary>
    /// The filters of all stretches with a block in the given times, both ends included, in ascending order. Blocks of
    /// these times above <see cref="LastFilteredHeight"/> have none yet.
    /// </summary>
    IReadOnlyList<IdFilter> ReadIdFilters(ulong fromTimeMs, ulong throughTimeMs);

    /// <summary>The last height that a filter covers; 0 when there is none.</summary>
    ulong LastFilteredHeight();

    /// <summary>All key changes in the order in which they were appended.</summary>
    IReadOnlyList<StoredKeyChange> ReadKeyChanges();

    /// <summary>The current snapshot; null before the first <see cref="SwitchSnapshot"/>.</summary>
    SnapshotManifest? ReadManifest();

    /// <summary>
    /// Writes pages of a snapshot that is not current yet, all of this call or none; a page that this snapshot has
    /// already is replaced. Durable on return, but seen by no read before <see cref="SwitchSnapshot"/>. Pages that a
    /// snapshot does not write are taken over from the one before. In order of table and page they are written fastest.
    /// </summary>
    /// <remarks>
    /// One snapshot is written at a time. What a writer left unfinished, because it failed or gave up, MUST first be
    /// removed with <see cref="DropSuperseded"/>: otherwise its pages, of another height, would become current too.
    /// </remarks>
    /// <param name="epoch">The writer's epoch.</param>
    /// <param name="snapshot">A number above the current snapshot's, the same for all calls up to the switch.</param>
    /// <param name="pages">One entry a page, no page twice.</param>
    /// <exception cref="FenceLostException"><paramref name="epoch"/> is not the writer's any more.</exception>
    /// <exception cref="InvalidOperationException">
    /// The number is not above the current one, or another snapshot, or another writer's, is unfinished.
    /// </exception>
    void WritePages(ulong epoch, ulong snapshot, IReadOnlyList<PageWrite> pages);

    /// <summary>
    /// Makes a snapshot current, in one step and durably: a read sees all of it or nothing. It MUST be the one being
    /// written, or one above the current that writes no page, and its height MUST NOT be above the head.
    /// </summary>
    /// <exception cref="FenceLostException"><paramref name="epoch"/> is not the writer's any more.</exception>
    /// <exception cref="InvalidOperationException">As for <see cref="WritePages"/>.</exception>
    void SwitchSnapshot(ulong epoch, SnapshotManifest manifest);

    /// <summary>
    /// Removes at most <paramref name="pagesMax"/> pages that no read can reach: those of unfinished snapshots and those
    /// that the current snapshot replaced. Returns how many; 0 means that none is left. MUST NOT be called while a
    /// snapshot is being written, unless the writer gives that one up.
    /// </summary>
    /// <exception cref="FenceLostException"><paramref name="epoch"/> is not the writer's any more.</exception>
    int DropSuperseded(ulong epoch, int pagesMax);

    /// <summary>
    /// Copies the page as of the current snapshot into <paramref name="into"/>, which MUST have the page's length, or,
    /// where it is kept as its hash, sets only <paramref name="hash"/>. False when no snapshot up to the current one
    /// wrote it. The store does not compare bytes and hash: the caller MUST.
    /// </summary>
    /// <exception cref="StoreCorruptException">The page has another length.</exception>
    bool TryReadPage(int table, ulong page, Span<byte> into, out Hash256 hash, out bool hashOnly);

    /// <summary>
    /// Calls <paramref name="each"/> once for every page of the current snapshot, in order of table and page, and does not
    /// read their bytes. A switch meanwhile is not seen.
    /// </summary>
    void ReadPageHashes(Action<int, ulong, Hash256> each);

    /// <summary>
    /// Makes a copy that can be opened, while the chain is being written: everything up to some moment during the call.
    /// Durable on return. The folder appears whole or not at all.
    /// </summary>
    /// <param name="folder">MUST NOT exist.</param>
    void BackupTo(string folder);

    /// <summary>
    /// Notes that the chain has reached this head: from then on a store that is below it, or has another block there, is
    /// refused. A lower height than the one noted changes nothing. Durable on return. MUST be called only for a head that is
    /// committed.
    /// </summary>
    void WriteHeadFile(ulong height, Hash256 hash);

    /// <summary>
    /// Gives back what an idle chain does not need, such as connections; the next call takes it again. May be called at
    /// any time.
    /// </summary>
    void Rest();

    /// <summary>The bytes that the chain takes in the store, logs and free space included.</summary>
    long BytesOnDisk { get; }
}
