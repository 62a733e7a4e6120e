using Actors.Ledger.Hashing;

namespace Actors.Engine.Stores.Postgres;

/// <summary>
/// What this process knows a chain to have reached: a lower bound for whatever it finds in the database later.
/// </summary>
/// <remarks>
/// A server can be replaced behind its address, by a standby that lagged behind or by a restored copy. It is sound, does not hold what was
/// committed, and nothing in it can tell. So the bound is kept outside: in memory for as long as the process runs and, where there is a
/// folder for it, in a head file for the next one.
/// </remarks>
internal sealed class HeadBound(string? folder)
{
    private readonly Lock _lock = new();
    private NotedHead? _head;
    private NotedHead? _aside;
    private ulong _epoch;

    /// <summary>Whether the file is there; where none is kept there is none to miss.</summary>
    public bool IsFileFound => folder is null || ReadFile() is not null;

    /// <summary>The highest epoch that was taken here; 0 for none.</summary>
    public ulong Epoch
    {
        get
        {
            lock (_lock)
                return _epoch;
        }
    }

    public IReadOnlyList<NotedHead> ReadHeads()
    {
        var file = ReadFile();
        lock (_lock)
            return [.. new[] { file, _head }.OfType<NotedHead>()];
    }

    public void NoteEpoch(ulong epoch)
    {
        lock (_lock)
            _epoch = Math.Max(_epoch, epoch);
    }

    public void NoteHead(ulong height, in Hash256 hash)
    {
        lock (_lock)
        {
            if (_head is not { } known || known.Height < height)
                _head = new NotedHead(height, hash);
        }
    }

    /// <summary>Notes a committed head for the next process too. Durable on return.</summary>
    public void WriteFile(ulong height, Hash256 hash)
    {
        NoteHead(height, hash);
        if (folder is null)
            return;
        Files(() =>
        {
            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder);
                DurableFile.SyncFolder(Path.GetDirectoryName(folder)!);
            }

            HeadFile.Write(folder, height, hash);
            return true;
        });
    }

    /// <summary>What was set aside because it is lost; null for nothing.</summary>
    public NotedHead? ReadAside()
    {
        lock (_lock)
        {
            if (_aside is not null)
                return _aside;
        }

        return folder is null || !Directory.Exists(folder) ? null : Files(() => HeadFile.ReadAside(folder));
    }

    /// <summary>Durable on return, where there is a folder for it.</summary>
    public void SetAside(NotedHead lost)
    {
        lock (_lock)
            _aside = lost;
        if (folder is null || !Directory.Exists(folder))
            return;
        Files(() =>
        {
            HeadFile.SetAside(folder, lost);
            return true;
        });
    }

    /// <summary>Notes a head in the place of what was set aside and of what was known here. Durable on return.</summary>
    public void Accept(ulong height, Hash256 hash)
    {
        lock (_lock)
            (_head, _aside, _epoch) = (new NotedHead(height, hash), null, 0);
        if (folder is not null && Directory.Exists(folder))
        {
            Files(() =>
            {
                HeadFile.Accept(folder, height, hash);
                return true;
            });
        }
    }

    private NotedHead? ReadFile() =>
        folder is null || !Directory.Exists(folder) ? null : Files(() => HeadFile.Read(folder));

    private T Files<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"'{folder}': expected the head file to be read or written, found {e.Message}", e);
        }
    }
}
