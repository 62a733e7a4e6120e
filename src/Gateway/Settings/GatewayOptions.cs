namespace Actors.Gateway.Settings;

/// <summary>Section <c>Actors</c>: where the node keeps its data and where it listens.</summary>
internal sealed class GatewayOptions
{
    public const string Section = "Actors";
    public const string ListenDefault = "http://localhost:5080";

    /// <summary>
    /// The folder with the store, the admin token and backups; made if it is not there. Default: <c>actors</c> in the user's local data folder
    /// (<c>$XDG_DATA_HOME</c> or <c>~/.local/share</c>), so that it does not depend on where the command was typed.
    /// </summary>
    public string DataFolder { get; set; } = DefaultDataFolder();

    /// <summary>
    /// The connection string of a PostgreSQL database that keeps the chains (<c>Host=...;Database=...;Username=...</c>), whose schema <c>actors db
    /// migrate</c> has made. Empty: SQLite in the data folder. It may hold a password, so it is never shown or logged.
    /// </summary>
    public string Store { get; set; } = "";

    /// <summary>
    /// One or more URLs, separated by semicolons. Default: <see cref="ListenDefault"/>. Kestrel's own settings (<c>urls</c>, section <c>Kestrel</c>, for certificates) work too
    /// and come first. An address that is not loopback needs <see cref="AccessOptions"/>.
    /// </summary>
    public string Listen { get; set; } = ListenDefault;

    public HttpOptions Http { get; set; } = new();

    public EngineOptions Engine { get; set; } = new();

    public AccessOptions Access { get; set; } = new();

    private static string DefaultDataFolder()
    {
        var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return local.Length > 0 ? Path.Combine(local, "actors") : Path.GetFullPath("data");
    }
}
