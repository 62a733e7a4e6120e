namespace Actors.Silo.Settings;

/// <summary>Arguments that only the silo has.</summary>
internal static class SiloArguments
{
    private const string Local = "--local";

    public static readonly IReadOnlyDictionary<string, string> ShortNames = new Dictionary<string, string>
    {
        ["--role"] = $"{ClusterOptions.Section}:{nameof(ClusterOptions.Role)}",
    };

    public static readonly IReadOnlyDictionary<string, Type> Sections = new Dictionary<string, Type>
    {
        ["Cluster"] = typeof(ClusterOptions),
        ["Webhooks"] = typeof(Grains.Webhooks.WebhookOptions),
    };

    /// <summary><c>--local</c> stands alone, and takes free ports unless it is told which.</summary>
    public static string[] Expand(string[] args) => args.Contains(Local)
        ? [
            $"--{ClusterOptions.Section}:{nameof(ClusterOptions.Local)}=true",
            $"--{ClusterOptions.Section}:{nameof(ClusterOptions.SiloPort)}=0",
            $"--{ClusterOptions.Section}:{nameof(ClusterOptions.GatewayPort)}=0",
            .. args.Where(arg => arg != Local)]
        : args;
}
