using System.Globalization;

namespace Actors.Engine.Stores.Sqlite;

/// <summary>
/// When the chains of a data folder are to be woken: a small file in <c>due</c> for each chain that has something due.
/// </summary>
/// <remarks>
/// A start is to cost what is due and not what is there, so it cannot ask every chain's databases; and no transaction spans two of them. What is kept is therefore
/// never later than what is due: an earlier time is synced before the block that asks for it is, a later one is written after. A crash in between leaves a chain
/// that is woken too early, which looks and says when next. A file that cannot be read means now.
/// </remarks>
internal sealed class DueFolder
{
    private const int LengthMax = 32;
    private readonly Lock _lock = new();
    private readonly string _dataFolder;
    private readonly string _folder;
    private DueChain[] _found = [];

    public DueFolder(string dataFolder)
    {
        _dataFolder = dataFolder;
        _folder = Path.Combine(dataFolder, "due");
    }

    public string Folder => _folder;

    private string Chains => Path.Combine(_dataFolder, "chains");

    /// <summary>As <see cref="IDueStore.ListDue"/>. The folder is read for the first page, and the ones after it go by what was found then.</summary>
    public IReadOnlyList<DueChain> List(ulong throughMs, DueChain? after, int countMax)
    {
        lock (_lock)
        {
            if (after is null)
                _found = [.. Scan().OrderBy(due => due.DueMs).ThenBy(due => due.ChainId, StringComparer.Ordinal)];
            var page = new List<DueChain>();
            foreach (var due in _found)
            {
                if (due.DueMs > throughMs || page.Count == countMax)
                    break;
                if (after is not { } last || IsAfter(due, last))
                    page.Add(due);
            }

            return page;
        }
    }

    /// <summary>When the chain is due, as far as is kept.</summary>
    public DueNote Read(string chainId)
    {
        var path = PathOf(chainId);
        try
        {
            Span<byte> text = stackalloc byte[LengthMax];
            using var file = File.OpenRead(path);
            var length = file.ReadAtLeast(text, LengthMax, throwOnEndOfStream: false);
            return new DueNote(ulong.TryParse(text[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var dueMs) ? dueMs : 0);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return default;
        }
    }

    /// <summary>Durable on return, but for a removal, which a power cut may undo.</summary>
    public void Write(string chainId, DueNote due)
    {
        EnsureFolder();
        if (due.DueMs is { } dueMs)
            DurableFile.Replace(PathOf(chainId), System.Text.Encoding.ASCII.GetBytes(dueMs.ToString(CultureInfo.InvariantCulture)));
        else
            File.Delete(PathOf(chainId));
    }

    private IEnumerable<DueChain> Scan()
    {
        EnsureFolder();
        foreach (var path in Directory.EnumerateFiles(_folder))
        {
            var chainId = Path.GetFileName(path);
            // Not one that is being written, or of a chain that is gone or does not have its name yet.
            if (ChainIdShape.IsValid(chainId) && Directory.Exists(Path.Combine(Chains, chainId)) && Read(chainId).DueMs is { } dueMs)
                yield return new DueChain(chainId, dueMs);
        }
    }

    /// <summary>
    /// A data folder from before this was kept, or that lost it, is looked through once: every chain in it is due now. The files are empty, so there is nothing in
    /// them to sync.
    /// </summary>
    private void EnsureFolder()
    {
        if (Directory.Exists(_folder))
            return;
        var partial = $"{_folder}.{Guid.NewGuid():N}.partial";
        Directory.CreateDirectory(partial);
        foreach (var chain in Directory.EnumerateDirectories(Chains))
        {
            if (Path.GetFileName(chain) is var chainId && ChainIdShape.IsValid(chainId) && !UnfinishedCopy.IsName(chainId))
                File.Create(Path.Combine(partial, chainId)).Dispose();
        }

        DurableFile.SyncFolder(partial);
        try
        {
            Directory.Move(partial, _folder);
        }
        catch (IOException) when (Directory.Exists(_folder))
        {
            Directory.Delete(partial, recursive: true); // somebody was faster
        }

        DurableFile.SyncFolder(_dataFolder);
    }

    private string PathOf(string chainId) => Path.Combine(_folder, chainId);

    private static bool IsAfter(in DueChain due, in DueChain last) =>
        due.DueMs > last.DueMs || (due.DueMs == last.DueMs && string.CompareOrdinal(due.ChainId, last.ChainId) > 0);
}
