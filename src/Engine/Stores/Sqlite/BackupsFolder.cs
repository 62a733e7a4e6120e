namespace Actors.Engine.Stores.Sqlite;

/// <summary>
/// Where a node keeps the backups it was asked for: <c>backups/CHAIN/NAME</c> in its data folder. One that is being written has the name
/// <c>NAME.GUID.partial</c>, and keeps it if the process dies.
/// </summary>
public static class BackupsFolder
{
    private const string Name = "backups";
    private const string PartialSuffix = ".partial";
    private const string GuidFormat = "N";

    public static string Of(string dataFolder, string chainId, string name) => Path.GetFullPath(Path.Combine(dataFolder, Name, chainId, name));

    /// <summary>Removes what backups that were cut short have left. MUST be called only before a node of this folder takes any.</summary>
    /// <exception cref="StoreException">A folder cannot be read or removed.</exception>
    public static void RemoveLeftovers(string dataFolder)
    {
        var backups = Path.Combine(Path.GetFullPath(dataFolder), Name);
        SqliteFaults.Files(backups, () =>
        {
            foreach (var leftover in Leftovers(backups))
            {
                Directory.Delete(leftover, recursive: true);
            }
        });
    }

    internal static string PartialOf(string target) => $"{target}.{Guid.NewGuid().ToString(GuidFormat)}{PartialSuffix}";

    private static string[] Leftovers(string backups) => Directory.Exists(backups)
        ? Directory.EnumerateDirectories(backups).Where(chain => ChainIdShape.IsValid(Path.GetFileName(chain)))
            .SelectMany(chain => Directory.EnumerateDirectories(chain, "*" + PartialSuffix))
            .Where(IsPartial)
            .ToArray()
        : [];

    private static bool IsPartial(string folder)
    {
        var parts = Path.GetFileName(folder).Split('.');
        return parts.Length == 3 && parts[0].Length > 0 && Guid.TryParseExact(parts[1], GuidFormat, out _);
    }
}
