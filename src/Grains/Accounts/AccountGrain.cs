using System.Security.Cryptography;
using Actors.Engine.Intake;
using Actors.Grains.Chains;
using Actors.Grains.Faults;
using Actors.Grains.Submissions;
using Actors.Grains.Webhooks;
using Actors.Ledger;
using Actors.Ledger.Transactions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Streams;

namespace Actors.Grains.Accounts;

/// <summary>
/// The front door of one account: takes its transactions, answers for it, and tells others what changed. It is woken by the chain's stream, and by a reminder should
/// the stream have been lost; what to tell it reads from the chain, so a wake-up that comes twice or never does no harm.
/// </summary>
[Reentrant]
internal sealed class AccountGrain(
    [PersistentState("account", WebhookOptions.Storage)] IPersistentState<WatchedAccount> kept,
    EnvelopeCheck check,
    GenesisCache geneses,
    Vouchers vouchers,
    WebhookSender sender,
    IOptions<WebhookOptions> options,
    ILogger<AccountGrain> logger) : Grain, IAccountGrain, IRemindable
{
    private const int SecretBytes = 32;
    private const int HookIdBytes = 8;
    private const string BehindReminder = "behind";
    private static readonly TimeSpan BehindAfter = TimeSpan.FromMinutes(10);

    private readonly CancellationTokenSource _leaving = new();
    private Address _address;
    private bool _isAddress;
    private AccountWatch _watch = null!;
    private int _inFlight;

    private IChainGrain Chain => GrainFactory.GetGrain<IChainGrain>(_address.Chain.Value);

    public override async Task OnActivateAsync(CancellationToken cancellation)
    {
        _isAddress = Address.TryParse(this.GetPrimaryKeyString(), out _address);
        _watch = new AccountWatch(kept, new ChangeReader(GrainFactory, _address), sender, options.Value, logger, _leaving.Token);
        if (_isAddress && kept.State.Webhooks.Count > 0)
        {
            await ListenAsync();
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellation) => await _leaving.CancelAsync();

    public async Task<SubmissionAnswer> SubmitAsync(byte[] envelope)
    {
        RequireAddress();
        if (envelope is null || envelope.Length > Limits.EnvelopeBytesMax)
        {
            throw FaultWire.BadRequest($"an envelope of {envelope?.Length ?? 0} bytes, at most {Limits.EnvelopeBytesMax} are allowed");
        }

        if (_inFlight >= IAccountGrain.InFlightMax)
        {
            return new SubmissionAnswer { Fault = new FaultAnswer { Kind = FaultKind.Overloaded, Message = $"{_inFlight} transactions of this account wait for their block", RetryAfter = TimeSpan.FromSeconds(1) } };
        }

        _inFlight++;
        try
        {
            return (await SubmitCheckedAsync(envelope))[0];
        }
        finally
        {
            _inFlight--;
        }
    }

    public async Task<AccountState?> GetAsync(ulong atLeast)
    {
        RequireAddress();
        var state = await Chain.GetAccountAsync(_address.Number.Value, current: false);
        if (state is null || state.AsOf >= atLeast)
        {
            return state;
        }

        var height = await Chain.WaitForBlockAsync(atLeast - 1);
        return height >= atLeast
            ? await Chain.GetAccountAsync(_address.Number.Value, current: false)
            : throw FaultWire.NotYet($"block {atLeast} is asked for, the chain is at {height}");
    }

    public async Task SubscribeAsync(IAccountObserver observer)
    {
        RequireAddress();
        await _watch.SubscribeAsync(observer);
        await ListenAsync();
    }

    public Task UnsubscribeAsync(IAccountObserver observer)
    {
        _watch.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    public async Task<WebhookCreated> AddWebhookAsync(string url)
    {
        RequireAddress();
        var target = FaultWire.Understand(() => WebhookTarget.Parse(url, options.Value.AllowPrivateTargets));
        var height = (await Chain.GetHeadAsync(current: true)).Height;

        // Turns interleave: counted only now, with nothing in between.
        if (kept.State.Webhooks.Count >= IAccountGrain.WebhooksMax)
        {
            throw FaultWire.BadRequest($"an account has at most {IAccountGrain.WebhooksMax} webhooks");
        }

        var webhook = new WebhookRecord
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(HookIdBytes)),
            Url = target.AbsoluteUri,
            Secret = RandomNumberGenerator.GetBytes(SecretBytes),
            ToldThrough = height,
        };
        kept.State.Webhooks.Add(webhook);
        await _watch.KeepAsync();
        await this.RegisterOrUpdateReminder(BehindReminder, BehindAfter, BehindAfter);
        await ListenAsync();
        return new WebhookCreated { Id = webhook.Id, Secret = "whsec_" + Convert.ToBase64String(webhook.Secret) };
    }

    public async Task<bool> RemoveWebhookAsync(string id)
    {
        if (kept.State.Webhooks.RemoveAll(webhook => webhook.Id == id) == 0)
        {
            return false;
        }

        await _watch.KeepAsync();
        await StopListeningIfIdleAsync();
        return true;
    }

    public Task<WebhookState[]> ListWebhooksAsync() => Task.FromResult(kept.State.Webhooks
        .Select(webhook => new WebhookState { Id = webhook.Id, Url = webhook.Url, ToldThrough = webhook.ToldThrough, Failures = webhook.Failures, IsDisabled = webhook.IsDisabled })
        .ToArray());

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (!await StopListeningIfIdleAsync())
        {
            _watch.Wake();
        }
    }

    /// <summary>As the intake does: what is good goes with this silo's word for it, what has a bad signature goes without.</summary>
    private async Task<SubmissionAnswer[]> SubmitCheckedAsync(byte[] envelope)
    {
        var genesis = await geneses.FindAsync(_address.Chain.Value);
        var refusal = check.FindRefusal(envelope, genesis);
        if (refusal is { Outcome: not Outcome.BadSignature })
        {
            return [SubmissionWire.Answer(refusal)];
        }

        var batch = EnvelopeBatch.Of([envelope]);
        return refusal is null ? await Chain.SubmitCheckedAsync(new CheckedBatch(batch, vouchers.Issue(genesis, batch))) : await Chain.SubmitAsync(batch);
    }

    private async Task ListenAsync()
    {
        var handles = await Stream.GetAllSubscriptionHandles();
        if (handles.Count == 0)
        {
            await Stream.SubscribeAsync(OnNewsAsync);
        }

        foreach (var handle in handles)
        {
            await handle.ResumeAsync(OnNewsAsync);
        }

        _watch.Wake();
    }

    private IAsyncStream<BlockNews> Stream =>
        this.GetStreamProvider(BlockNews.StreamProvider).GetStream<BlockNews>(StreamId.Create(BlockNews.StreamNamespace, _address.Chain.Value));

    private Task OnNewsAsync(BlockNews news, StreamSequenceToken? token)
    {
        _watch.Wake();
        return Task.CompletedTask;
    }

    /// <summary>True when nobody is to be told: then the subscription and the reminder end too.</summary>
    private async Task<bool> StopListeningIfIdleAsync()
    {
        if (_watch.HasSomebody)
        {
            return false;
        }

        foreach (var handle in await Stream.GetAllSubscriptionHandles())
        {
            await handle.UnsubscribeAsync();
        }

        if (await this.GetReminder(BehindReminder) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
        }

        return true;
    }

    private void RequireAddress()
    {
        if (!_isAddress)
        {
            DeactivateOnIdle();
            throw FaultWire.BadRequest("the key is not an account address: expected chain.number.check, and the two check digits must fit");
        }
    }
}
