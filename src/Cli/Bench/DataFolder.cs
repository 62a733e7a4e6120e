namespace Actors.Cli.Bench;

/// <summary>Where a run keeps its chain: a folder of its own that is deleted afterwards, or one that was named and is kept.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly bool _isKept;

    public DataFolder(string? named)
    {
        _isKept = named is not null;
        if (named is not null && Directory.Exists(named) && Directory.EnumerateFileSystemEntries(named).Any())
        {
            throw new CannotRunException($"data folder {named} is not empty; a run makes its own chain in a new one");
        }

        Path = named is null ? Directory.CreateTempSubdirectory("actors-bench-").FullName : Directory.CreateDirectory(named).FullName;
    }

    public string Path { get; }

    /// <summary>The bytes of all files of a backup that was made only to be measured; it is deleted.</summary>
    public static long Measure(string backup)
    {
        var bytes = new DirectoryInfo(backup).EnumerateFiles().Sum(file => file.Length);
        Directory.Delete(backup, recursive: true);
        return bytes;
    }

    public void Dispose()
    {
        if (!_isKept)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
