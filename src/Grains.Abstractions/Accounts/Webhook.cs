namespace Actors.Grains.Accounts;

/// <summary>A new webhook. <see cref="Secret"/> (<c>whsec_</c> and Base64) verifies its signatures and is never shown again.</summary>
[GenerateSerializer, Immutable, Alias("actors.webhook-created.1")]
public sealed record WebhookCreated
{
    [Id(0)]
    public required string Id { get; init; }

    [Id(1)]
    public required string Secret { get; init; }
}

/// <summary>Where a webhook stands.</summary>
[GenerateSerializer, Immutable, Alias("actors.webhook-state.1")]
public sealed record WebhookState
{
    [Id(0)]
    public required string Id { get; init; }

    [Id(1)]
    public required string Url { get; init; }

    /// <summary>It was told of every change up to this height.</summary>
    [Id(2)]
    public required ulong ToldThrough { get; init; }

    /// <summary>Deliveries that failed since the last that did not.</summary>
    [Id(3)]
    public required int Failures { get; init; }

    /// <summary>It failed too often and is told nothing until it is added again.</summary>
    [Id(4)]
    public required bool IsDisabled { get; init; }
}
