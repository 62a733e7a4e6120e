namespace Actors.ProcessTests.Programs;

/// <summary>The programs under test, as the repository builds them in the configuration of these tests.</summary>
internal static class BuiltPrograms
{
    public static string Gateway { get; } = Find("Gateway", "Actors.Gateway.dll");

    public static string Actors { get; } = Find("Cli", "actors.dll");

    /// <summary>These tests are in tests/Process/bin/CONFIGURATION/FRAMEWORK.</summary>
    private static string Find(string project, string file)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var root = here.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        var path = Path.Combine(root, "src", project, "bin", here.Parent.Name, here.Name, file);
        return File.Exists(path) ? path : throw new FileNotFoundException($"expected {path} to be built before these tests", path);
    }
}
