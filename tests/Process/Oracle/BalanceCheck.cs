using System.Diagnostics;
using Actors.Cli.Client;
using Actors.Ledger;
using Actors.ProcessTests.Load;

namespace Actors.ProcessTests.Oracle;

/// <summary>Reads every account and compares it with what the recorded transactions make of it.</summary>
internal sealed class BalanceCheck(NodeClient node, Book book)
{
    private const int AtATime = 8;
    private static readonly TimeSpan ExpiryMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    public async Task CheckAsync()
    {
        var expected = Balances.Of(book.Journal.All.Where(sent => sent.IsRecorded));
        await ExpireAsync(expected);
        var found = new AccountAnswer[book.Accounts.Count()];
        await Parallel.ForEachAsync(book.Accounts.Index(), new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (account, stop) =>
            found[account.Index] = (await node.GetAccountAsync(new Address(book.Chain, account.Item), stop)).Value);

        foreach (var account in found)
        {
            Assert.Equal((account.Number, expected[account.Number]), (account.Number, (account.Posted, account.PendingOut, account.PendingIn)));
        }

        Assert.Equal(0, found.Sum(account => account.Posted));
        Assert.Equal(found.Sum(account => account.PendingOut), found.Sum(account => account.PendingIn));
    }

    /// <summary>Pendings that are nearly due expire by themselves, on a node that was only just started, too.</summary>
    private async Task ExpireAsync(Balances expected)
    {
        var due = DateTimeOffset.UtcNow.Add(Soon).ToUnixTimeMilliseconds();
        foreach (var (number, _) in expected.Open.Where(open => open.Value.TimeoutMs < (ulong)due).ToArray())
        {
            await WaitUntilExpiredAsync(number);
            expected.Expire(number);
        }
    }

    private async Task WaitUntilExpiredAsync(ulong pending)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(20))
        {
            var state = (await node.GetPendingAsync(book.Chain, pending, default)).Value.State;
            if (state is "expired" or "finished")
            {
                return;
            }

            Assert.Equal("open", state);
            Assert.True(watch.Elapsed < ExpiryMax, $"pending {pending} is due and does not expire");
        }
    }
}
