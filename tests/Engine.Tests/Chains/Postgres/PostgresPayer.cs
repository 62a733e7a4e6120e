using Actors.Engine.Faults;
using Actors.Ledger.Transactions;

namespace Actors.Engine.Tests.Chains.Postgres;

/// <summary>
/// Pays 1 from account 1 to account 2 again and again, sends the same bytes again after a fault, and counts what was acknowledged: whatever happens to
/// the server, account 2 must then hold exactly that.
/// </summary>
internal sealed class PostgresPayer(TestBook book)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(50);
    private int _acknowledged;

    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Set when a payment met a fault and was committed all the same by a later sending.</summary>
    public bool HasMetFaults { get; private set; }

    public async Task PayAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await PayOnceAsync();
            Interlocked.Increment(ref _acknowledged);
        }
    }

    public async Task PayAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            await PayOnceAsync();
            Interlocked.Increment(ref _acknowledged);
        }
    }

    /// <summary>Waits until so many more payments were acknowledged.</summary>
    public async Task WaitForAsync(int more)
    {
        using var patience = new CancellationTokenSource(PatienceMax);
        for (var goal = Acknowledged + more; Acknowledged < goal;)
            await Task.Delay(5, patience.Token);
    }

    private async Task PayOnceAsync()
    {
        var envelope = book.Envelope([TestBook.Move(1, 2, 1)]);
        using var patience = new CancellationTokenSource(PatienceMax);
        while (true)
        {
            try
            {
                var result = await book.SendAsync(envelope);
                Assert.Contains(result.Outcome, (Outcome[])[Outcome.Committed, Outcome.AlreadyCommitted]);
                return;
            }
            catch (EngineFaultException fault) when (fault is WritesStoppedException or OutcomePendingException)
            {
                HasMetFaults = true;
                await Task.Delay(Pause, patience.Token);
            }
        }
    }
}
