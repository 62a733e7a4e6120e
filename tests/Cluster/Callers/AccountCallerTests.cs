using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Actors.ClusterTests.Programs;
using Actors.Grains;
using Actors.Grains.Accounts;
using Actors.Grains.Faults;
using Actors.Ledger;
using Actors.Ledger.Transactions;
using Actors.ProcessTests.Load;

namespace Actors.ClusterTests.Callers;

/// <summary>What a service gets from an account's grain.</summary>
[Collection(ClusterCollection.Name)]
public sealed class AccountCallerTests(TestCluster cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ToldMax = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Who_asks_at_the_height_of_the_receipt_sees_what_it_did()
    {
        await cluster.EnsureSilosAsync(3);
        await using var caller = await OrleansCaller.ConnectAsync(cluster);
        using var book = await Book.OpenAsync(cluster.Silos[0].Client(Patience), "heights", payers: 2, accountsEach: 1);
        var payer = book.Payers[0];
        var account = caller.Grains.GetGrain<IAccountGrain>(new Address(book.Chain, payer.Accounts[0]).ToString());
        for (var i = 0; i < 5; i++)
        {
            var sent = payer.Write(TransactionKind.Atomic, payer.Pay(new Random(i)));
            var answer = await account.SubmitAsync(sent.Envelope);
            Assert.NotNull(answer.Recorded);
            var state = await account.GetAsync(answer.Recorded.Height);
            Assert.True(state!.AsOf >= answer.Recorded.Height);
        }
    }

    [Fact]
    public async Task An_observer_and_a_webhook_hear_of_each_committed_change_in_order()
    {
        await cluster.EnsureSilosAsync(3);
        await using var caller = await OrleansCaller.ConnectAsync(cluster);
        using var book = await Book.OpenAsync(cluster.Silos[0].Client(Patience), "watched", payers: 1, accountsEach: 1);
        var payer = book.Payers[0];
        var account = caller.Grains.GetGrain<IAccountGrain>(new Address(book.Chain, payer.Accounts[0]).ToString());
        var heard = new Observer();
        await account.SubscribeAsync(caller.Grains.CreateObjectReference<IAccountObserver>(heard));
        await using var receiver = new Receiver(failFirst: 1);
        var webhook = await account.AddWebhookAsync(receiver.Url);

        var heights = new List<ulong>();
        for (var i = 0; i < 6; i++)
        {
            var sent = payer.Write(TransactionKind.Atomic, payer.Pay(new Random(i)));
            var answer = await account.SubmitAsync(sent.Envelope);
            if (answer.IsCommitted)
            {
                heights.Add(answer.Recorded!.Height);
            }
        }

        await UntilAsync(() => heard.Heights.Count >= heights.Count);
        await UntilAsync(() => receiver.Taken.Count >= heights.Count);
        Assert.Equal(heights, heard.Heights);
        Assert.Equal(heights, receiver.Taken.Select(told => JsonNode.Parse(told.Body)!["data"]!["height"]!.GetValue<ulong>()));
        Assert.All(receiver.Taken, told => Assert.Equal("v1," + Sign(webhook.Secret, told), told.Signature));
        Assert.Equal(receiver.Taken.Count, receiver.Taken.Select(told => told.Id).Distinct().Count());
        Assert.Equal(receiver.Refused.Single().Id, receiver.Taken[0].Id);
        Assert.Equal(0, Assert.Single(await account.ListWebhooksAsync()).Failures);
        Assert.True(await account.RemoveWebhookAsync(webhook.Id));
        Assert.Empty(await account.ListWebhooksAsync());
    }

    [Fact]
    public async Task Where_there_are_as_many_observers_as_there_may_be_each_goes_on_and_no_other_comes()
    {
        await cluster.EnsureSilosAsync(3);
        await using var caller = await OrleansCaller.ConnectAsync(cluster);
        using var book = await Book.OpenAsync(cluster.Silos[0].Client(Patience), "crowded", payers: 1, accountsEach: 1);
        var account = caller.Grains.GetGrain<IAccountGrain>(new Address(book.Chain, book.Payers[0].Accounts[0]).ToString());
        Observer[] kept = [.. Enumerable.Range(0, IAccountGrain.ObserversMax + 8).Select(_ => new Observer())];
        IAccountObserver[] observers = [.. kept.Select(caller.Grains.CreateObjectReference<IAccountObserver>)];

        var came = await Task.WhenAll(observers.Select(TrySubscribeAsync));
        var stayed = await Task.WhenAll(observers.Where((_, i) => came[i]).Select(TrySubscribeAsync));

        Assert.Equal(IAccountGrain.ObserversMax, came.Count(isIn => isIn));
        Assert.DoesNotContain(false, stayed);
        GC.KeepAlive(kept);

        async Task<bool> TrySubscribeAsync(IAccountObserver observer)
        {
            try
            {
                await account.SubscribeAsync(observer);
                return true;
            }
            catch (LedgerFaultException full) when (full.Fault.Kind == FaultKind.BadRequest)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task A_webhook_outlives_the_silo_that_kept_it()
    {
        await cluster.EnsureSilosAsync(3);
        await using var caller = await OrleansCaller.ConnectAsync(cluster);
        using var book = await Book.OpenAsync(cluster.Silos[0].Client(Patience), "kept", payers: 1, accountsEach: 1);
        var address = new Address(book.Chain, book.Payers[0].Accounts[0]).ToString();
        await using var receiver = new Receiver(failFirst: 0);
        await caller.Grains.GetGrain<IAccountGrain>(address).AddWebhookAsync(receiver.Url);
        foreach (var silo in cluster.Silos)
        {
            silo.Kill();
        }

        await cluster.EnsureSilosAsync(3);
        await using var later = await OrleansCaller.ConnectAsync(cluster);
        Assert.Single(await later.Grains.GetGrain<IAccountGrain>(address).ListWebhooksAsync());
        var sent = book.Payers[0].Write(TransactionKind.Atomic, book.Payers[0].Pay(new Random(5)));
        Assert.NotNull((await later.Grains.GetGrain<IAccountGrain>(address).SubmitAsync(sent.Envelope)).Recorded);
        await UntilAsync(() => receiver.Taken.Count == 1);
    }

    private static string Sign(string secret, Told told) =>
        Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{told.Id}.{told.Timestamp}.{told.Body}")));

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var start = DateTime.UtcNow; !holds(); await Task.Delay(20))
        {
            Assert.True(DateTime.UtcNow - start < ToldMax, "expected to be told by now");
        }
    }

    private sealed class Observer : IAccountObserver
    {
        private readonly ConcurrentQueue<ulong> _heights = new();

        public IReadOnlyList<ulong> Heights => [.. _heights];

        public Task ChangedAsync(AccountChange change)
        {
            _heights.Enqueue(change.Height);
            return Task.CompletedTask;
        }
    }

    private sealed record Told(string Id, string Timestamp, string Signature, string Body);

    /// <summary>A receiver of webhooks that is down for its first calls.</summary>
    private sealed class Receiver : IAsyncDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly ConcurrentQueue<Told> _taken = new();
        private readonly ConcurrentQueue<Told> _refused = new();
        private readonly Task _running;

        public Receiver(int failFirst)
        {
            Url = $"http://127.0.0.1:{TestCluster.FreePort()}/hook/";
            _listener.Prefixes.Add(Url);
            _listener.Start();
            _running = RunAsync(failFirst);
        }

        public string Url { get; }

        public IReadOnlyList<Told> Taken => [.. _taken];

        public IReadOnlyList<Told> Refused => [.. _refused];

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _running;
        }

        private async Task RunAsync(int failFirst)
        {
            while (_listener.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                using var reader = new StreamReader(context.Request.InputStream);
                var headers = context.Request.Headers;
                var told = new Told(headers["webhook-id"]!, headers["webhook-timestamp"]!, headers["webhook-signature"]!, await reader.ReadToEndAsync());
                var fails = _refused.Count < failFirst;
                (fails ? _refused : _taken).Enqueue(told);
                context.Response.StatusCode = fails ? 500 : 204;
                context.Response.Close();
            }
        }
    }
}
