namespace Actors.ProcessTests.Programs;

/// <summary>A data folder of a test, removed with it.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actors-kill-");

    /// <summary>What the gateway is told.</summary>
    public string Path => System.IO.Path.Combine(_folder.FullName, "data");

    public string Chains => System.IO.Path.Combine(Path, "chains");

    public string BackupsOf(string chain) => System.IO.Path.Combine(Path, "backups", chain);

    /// <summary>A path beside the node's data, for files of the test.</summary>
    public string Beside(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
