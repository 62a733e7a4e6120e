namespace Actors.Tests;

/// <summary>
/// The folder that holds Actors.sln, found from where the tests run. Not from the compiler's caller path: builds that can be made again
/// anywhere to the same bytes (ContinuousIntegrationBuild) write /_/ there.
/// </summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Actors.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds Actors.sln");
        }

        return folder.FullName;
    }
}
