namespace Actors.Gateway.Settings;

/// <summary>
/// What may stand on the command line: <c>--name value</c> or <c>--name=value</c>, where the name is a setting's path, or one of the
/// short names. The framework would take a mistyped name as one more setting that nobody reads.
/// </summary>
internal static class CommandLine
{
    public static readonly Dictionary<string, string> ShortNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["--data"] = "Actors:DataFolder",
        ["--store"] = "Actors:Store",
        ["--listen"] = "Actors:Listen",
    };

    private static readonly string[] KnownRoots = ["Actors", "Kestrel", "Logging", "urls", "environment", "AllowedHosts", "applicationName", "contentRoot"];

    /// <exception cref="StartRefusedException">An argument is not of that form.</exception>
    public static void Check(IReadOnlyList<string> args, IReadOnlyDictionary<string, string> shortNames)
    {
        for (var i = 0; i < args.Count; i++)
        {
            var name = args[i].Split('=', 2)[0];
            if (!shortNames.ContainsKey(name) && !IsSetting(name))
            {
                throw new StartRefusedException($"the argument '{name}' is unknown; expected --data FOLDER, --store CONNECTION, --listen URL, or --Actors:Setting VALUE");
            }

            if (!args[i].Contains('=') && ++i == args.Count)
            {
                throw new StartRefusedException($"the argument '{name}' has no value");
            }
        }
    }

    private static bool IsSetting(string name) =>
        name.StartsWith("--", StringComparison.Ordinal) && KnownRoots.Contains(name[2..].Split(':')[0], StringComparer.OrdinalIgnoreCase);
}
