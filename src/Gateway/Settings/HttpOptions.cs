namespace Actors.Gateway.Settings;

/// <summary>
/// Section <c>Actors:Http</c>: what bounds clients, so that neither many nor slow ones take the node's memory or its connections.
/// </summary>
internal sealed class HttpOptions
{
    /// <summary>Open connections; further ones are closed. Default 4,096.</summary>
    public int ConnectionsMax { get; set; } = 4_096;

    /// <summary>Requests being worked on; further ones get 429. Default 4,096.</summary>
    public int RequestsInFlightMax { get; set; } = 4_096;

    /// <summary>Bytes that the bodies of requests being worked on may take together; further ones get 429. Default 256 MiB.</summary>
    public long IntakeBytesMax { get; set; } = 256L << 20;

    /// <summary>How long a request's head may take, in milliseconds. Default 10 s.</summary>
    public int HeadersTimeoutMs { get; set; } = 10_000;

    /// <summary>Below this a body or the taking of a response is too slow, in bytes a second. Default 240.</summary>
    public int SlowClientBytesPerSecondMin { get; set; } = 240;

    /// <summary>How long a client may be too slow, in milliseconds, more than 1,000. Default 5 s.</summary>
    public int SlowClientGraceMs { get; set; } = 5_000;

    /// <summary>How long a submission waits for its block before it is told that its outcome is unknown, in milliseconds. Default 30 s.</summary>
    public int CommitWaitMs { get; set; } = 30_000;

    /// <summary>Transaction streams at a time; further ones get 429. Default 64.</summary>
    public int StreamsMax { get; set; } = 64;

    /// <summary>Items of one stream that are taken and not answered; then it is not read on. Default 4,096.</summary>
    public int StreamInFlightMax { get; set; } = 4_096;

    /// <summary>Bytes of those items; an item is taken when those before it are under the bound. Default 8 MiB.</summary>
    public int StreamInFlightBytesMax { get; set; } = 8 << 20;

    /// <summary>How long a stream may send nothing, in milliseconds; then it is ended. Default 5 min.</summary>
    public int StreamIdleMs { get; set; } = 300_000;

    /// <summary>Event streams at a time; further ones get 429. Default 1,024.</summary>
    public int EventStreamsMax { get; set; } = 1_024;

    /// <summary>How often an event stream without events says that it is alive, in milliseconds. Default 15 s.</summary>
    public int EventHeartbeatMs { get; set; } = 15_000;

    /// <summary>Requests of relays, which wait for something to carry, at a time; further ones get 429. Default 1,024.</summary>
    public int RelayReadsMax { get; set; } = 1_024;

    /// <summary>
    /// How long the gateway, told to stop, says so before it takes no more connections, in milliseconds: <c>/health/ready</c> and submissions
    /// get 503, reads go on. Behind a load balancer, a little more than the time between its probes. Default 0.
    /// </summary>
    public int StopNoticeMs { get; set; }

    /// <summary>How long a stop then waits for requests being worked on, in milliseconds. Default 10 s.</summary>
    public int DrainMs { get; set; } = 10_000;
}
