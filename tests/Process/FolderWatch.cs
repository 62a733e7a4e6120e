using System.Diagnostics;

namespace Actors.ProcessTests;

internal static class FolderWatch
{
    /// <summary>True as soon as the folder has an entry like that; false when none came within the time.</summary>
    public static bool WaitFor(string folder, string pattern, TimeSpan max)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < max;)
        {
            if (Has(folder, pattern))
            {
                return true;
            }
        }

        return false;
    }

    public static bool Has(string folder, string pattern) => Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder, pattern).Any();
}
