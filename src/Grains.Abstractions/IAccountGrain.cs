using Actors.Grains.Accounts;
using Actors.Grains.Chains;
using Actors.Grains.Submissions;

namespace Actors.Grains;

/// <summary>
/// An account's front door; the key is its address, <c>chain.number.check</c>. Holds no truth: balances live in the chain. Every member may throw
/// <see cref="Faults.LedgerFaultException"/>.
/// </summary>
[Alias("actors.account")]
public interface IAccountGrain : IGrainWithStringKey
{
    /// <summary>Envelopes of one account that wait for their block; further ones are answered with a fault.</summary>
    public const int InFlightMax = 256;

    public const int WebhooksMax = 8;

    public const int ObserversMax = 64;

    /// <summary>How long an observer is told without subscribing again.</summary>
    public static readonly TimeSpan ObserverLife = TimeSpan.FromMinutes(5);

    /// <summary>Takes one envelope of the account's chain, checks its signatures, and answers when it is durable or refused.</summary>
    [Alias("submit")]
    Task<SubmissionAnswer> SubmitAsync(byte[] envelope);

    /// <summary>
    /// The account as of a block at or above <paramref name="atLeast"/>, for which it waits a bounded time: a caller that gives the height of its
    /// receipt sees what it did. Null: no such account.
    /// </summary>
    [Alias("get")]
    Task<AccountState?> GetAsync(ulong atLeast);

    /// <summary>Tells the observer of each committed change from now on; to be repeated within <see cref="ObserverLife"/>.</summary>
    [Alias("subscribe")]
    Task SubscribeAsync(IAccountObserver observer);

    [Alias("unsubscribe")]
    Task UnsubscribeAsync(IAccountObserver observer);

    /// <summary>Keeps a URL that is told of each committed change, signed per Standard Webhooks. The secret is in this answer only.</summary>
    [Alias("add-webhook")]
    Task<WebhookCreated> AddWebhookAsync(string url);

    /// <summary>False when there is none with this id.</summary>
    [Alias("remove-webhook")]
    Task<bool> RemoveWebhookAsync(string id);

    [Alias("list-webhooks")]
    Task<WebhookState[]> ListWebhooksAsync();
}
