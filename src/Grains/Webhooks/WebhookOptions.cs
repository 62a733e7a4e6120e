namespace Actors.Grains.Webhooks;

/// <summary>Section <c>Actors:Webhooks</c>: what bounds the telling of others.</summary>
internal sealed class WebhookOptions
{
    public const string Section = "Actors:Webhooks";

    /// <summary>The grain storage that keeps them.</summary>
    public const string Storage = "webhooks";

    /// <summary>
    /// Lets a webhook's URL be plain HTTP and lead to loopback and private networks. For trying things out: whoever may add a webhook could
    /// otherwise make silos call what only silos reach. Default false.
    /// </summary>
    public bool AllowPrivateTargets { get; set; }

    /// <summary>How long one delivery may take, in milliseconds. Default 10 s.</summary>
    public int TimeoutMs { get; set; } = 10_000;

    /// <summary>Deliveries under way at a time, over all accounts of a silo. Default 64.</summary>
    public int InFlightMax { get; set; } = 64;

    /// <summary>Failures in a row after which a webhook is told nothing more. Default 12, about three hours.</summary>
    public int FailuresMax { get; set; } = 12;

    /// <summary>The pause after a first failure, in milliseconds; it doubles with each further one, up to half an hour. Default 5 s.</summary>
    public int RetryMs { get; set; } = 5_000;
}
