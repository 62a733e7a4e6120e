namespace Actors.Silo.Settings;

/// <summary>Section <c>Actors:Cluster</c>: this process's place in the cluster, and what bounds it.</summary>
internal sealed class ClusterOptions
{
    public const string Section = "Actors:Cluster";

    /// <summary><c>Both</c>, <c>Silo</c> or <c>Gateway</c>. Default <c>Both</c>.</summary>
    public ClusterRole Role { get; set; } = ClusterRole.Both;

    /// <summary>
    /// A cluster of this one process on loopback: SQLite in the data folder, membership and reminders in memory, no PostgreSQL. Default false.
    /// </summary>
    public bool Local { get; set; }

    /// <summary>Silos with the same id and database are one cluster. 1 to 100 characters. Default <c>actors</c>.</summary>
    public string ClusterId { get; set; } = "actors";

    /// <summary>Names what outlives a cluster: reminders and webhooks. 1 to 100 characters. Default <c>actors</c>.</summary>
    public string ServiceId { get; set; } = "actors";

    /// <summary>The silo's name in logs and membership. Default: <c>POD_NAME</c>, else the machine's name.</summary>
    public string SiloName { get; set; } = Environment.GetEnvironmentVariable("POD_NAME") is { Length: > 0 } pod ? pod : Environment.MachineName;

    /// <summary>The address at which other silos and gateways reach this silo. Default: <c>POD_IP</c>, else <c>127.0.0.1</c>.</summary>
    public string AdvertisedAddress { get; set; } = Environment.GetEnvironmentVariable("POD_IP") is { Length: > 0 } pod ? pod : "127.0.0.1";

    /// <summary>The port for other silos. Default 11111; 0 with <see cref="Local"/>: a free one.</summary>
    public int SiloPort { get; set; } = 11_111;

    /// <summary>The port for gateways and other Orleans clients. Default 30000; 0 with <see cref="Local"/>: a free one.</summary>
    public int GatewayPort { get; set; } = 30_000;

    /// <summary>Where a process with role <c>Silo</c> answers probes, and nothing else. Default <c>http://localhost:5081</c>.</summary>
    public string HealthListen { get; set; } = "http://localhost:5081";

    /// <summary>
    /// A file with 64 hex digits, 32 random bytes that only silos hold: it opens the chains' sealing keys in the database, and with it silos vouch to each other for
    /// signatures they checked. Needed by silos unless <see cref="Local"/>.
    /// </summary>
    public string SecretFile { get; set; } = "";

    /// <summary>The longest message between processes, in bytes. Default 16 MiB.</summary>
    public int MessageBytesMax { get; set; } = 16 << 20;

    /// <summary>How long a call between processes waits for its answer, in milliseconds. Default 30 s.</summary>
    public int CallTimeoutMs { get; set; } = 30_000;

    /// <summary>Calls that wait for one activation of a grain; further ones are refused. Default 10,000.</summary>
    public int QueuedCallsMax { get; set; } = 10_000;

    /// <summary>A silo whose processor is busier than this turns away calls from gateways, in percent; 0: never. Default 98.</summary>
    public int SheddingProcessorPercent { get; set; } = 98;

    /// <summary>After how long without a call a chain, account or other grain is let go, in milliseconds, a minute or more. Default 15 min.</summary>
    public int IdleMs { get; set; } = 15 * 60 * 1000;

    /// <summary>
    /// How often the cluster looks which chains that nobody calls have something due: expired pendings, packets that timed out, unsettled channels; in milliseconds,
    /// 5 s to an hour. The same for all silos. Default 1 min.
    /// </summary>
    public int DueEveryMs { get; set; } = 60_000;

    /// <summary>How long a stop then waits for chains to commit what they took in and for the silo to leave, in milliseconds. Default 40 s.</summary>
    public int DrainMs { get; set; } = 40_000;

    /// <summary>TLS on every connection between silos, and between them and gateways. Default: none.</summary>
    public TlsOptions? Tls { get; set; }
}

/// <summary>Both ends of a connection show a certificate, and each must be signed by the same authority.</summary>
internal sealed class TlsOptions
{
    /// <summary>PEM file with this process's certificate, and those between it and the authority.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM file with its private key.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>PEM file with the authority's certificates. Nothing else on the machine is trusted.</summary>
    public string AuthorityFile { get; set; } = "";

    /// <summary>The name that certificates of this cluster carry (subject alternative name). Default <c>actors</c>.</summary>
    public string Name { get; set; } = "actors";
}
