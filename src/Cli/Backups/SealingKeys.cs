namespace Actors.Cli.Backups;

/// <summary>Sealing keys as the engine keeps them: a PEM file each, in a folder of the chain.</summary>
internal static class SealingKeys
{
    private const string Pattern = "*.pem";

    /// <summary>Copies the keys that are not there yet, readable by their owner only, and gives how many were found.</summary>
    public static int Copy(string from, string into)
    {
        var keys = Directory.GetFiles(from, Pattern);
        if (keys.Length == 0)
        {
            throw new CannotRunException($"there is no key file ({Pattern}) in {from}");
        }

        Directory.CreateDirectory(into);
        foreach (var key in keys)
        {
            var target = Path.Combine(into, Path.GetFileName(key));
            if (!File.Exists(target))
            {
                // The copy has the permissions of the original.
                File.Copy(key, target);
            }
        }

        return keys.Length;
    }
}
