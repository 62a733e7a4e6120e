namespace Actors.Grains.Webhooks;

/// <summary>A webhook as it is kept. Written after each change of where it stands.</summary>
[GenerateSerializer, Alias("actors.webhook-record.1")]
internal sealed class WebhookRecord
{
    [Id(0)]
    public string Id { get; set; } = "";

    [Id(1)]
    public string Url { get; set; } = "";

    [Id(2)]
    public byte[] Secret { get; set; } = [];

    /// <summary>It was told of every change up to this height.</summary>
    [Id(3)]
    public ulong ToldThrough { get; set; }

    /// <summary>Deliveries that failed since the last that did not.</summary>
    [Id(4)]
    public int Failures { get; set; }

    [Id(5)]
    public bool IsDisabled { get; set; }
}

/// <summary>What is kept of an account that somebody watches.</summary>
[GenerateSerializer, Alias("actors.watched-account.1")]
internal sealed class WatchedAccount
{
    [Id(0)]
    public List<WebhookRecord> Webhooks { get; set; } = [];
}
