using System.Net;
using System.Text.Json;
using Actors.Cli.Client;
using Actors.Ledger.Transactions;
using Actors.ProcessTests.Load;

namespace Actors.ProcessTests.Oracle;

/// <summary>
/// Looks up every transaction by id after a restart: what was acknowledged is there with the same place and outcome, also when its
/// bytes are sent again; what was in flight is there once, or not there and can be sent again.
/// </summary>
internal sealed class RecordCheck(NodeClient node, Book book, Random random)
{
    private const int AtATime = 8;
    private const int ResendEvery = 3;
    private readonly ParallelOptions _parallel = new() { MaxDegreeOfParallelism = AtATime };

    public async Task CheckAsync(IReadOnlyList<Sent> sent)
    {
        var mayResend = sent.Where(_ => random.Next(ResendEvery) == 0).ToHashSet();
        await Parallel.ForEachAsync(sent, _parallel, async (one, _) => await CheckAsync(one, mayResend.Contains(one)));
    }

    /// <summary>Each is as it was left, present or absent.</summary>
    public async Task CheckUnchangedAsync(IReadOnlyList<Sent> sent) => await Parallel.ForEachAsync(sent, _parallel, async (one, _) =>
    {
        var found = await FindAsync(one);
        Assert.True(found is not null == one.IsRecorded, $"transaction {one.Id} was {(one.IsRecorded ? "there and is not" : "not there and is")}");
        if (found is not null)
        {
            RequireSame(one, found);
        }
    });

    /// <summary>No two transactions have the same place.</summary>
    public static void RequirePlacesOnce(IEnumerable<Sent> recorded)
    {
        var places = new Dictionary<(ulong, int), string>();
        foreach (var sent in recorded)
        {
            var place = (sent.Answer!.Height, sent.Answer.Index);
            Assert.True(places.TryAdd(place, sent.Id), $"transactions {places.GetValueOrDefault(place)} and {sent.Id} both are at {place}");
        }
    }

    private async Task CheckAsync(Sent sent, bool resend)
    {
        if (await FindAsync(sent) is { } found)
        {
            RequireSame(sent, found);
            sent.Acknowledge(sent.Answer ?? found);
        }
        else
        {
            Assert.False(sent.IsAcknowledged, $"transaction {sent.Id} was acknowledged and is not there");
        }

        if (sent.Receipt is { } receipt)
        {
            Assert.Equal(receipt, await node.GetReceiptAsync(book.Chain, sent.Id, null, default));
        }

        if (resend)
        {
            try
            {
                await ResendAsync(sent);
            }
            catch (RefusedException refused) when (refused.Outcome == Outcome.PendingNotOpen && !sent.IsRecorded)
            {
                // A decision about a pending that was decided or timed out in the meantime: answered, and not recorded.
            }
        }
    }

    private async Task<TransactionAnswer?> FindAsync(Sent sent)
    {
        try
        {
            return (await node.FindTransactionAsync(book.Chain, sent.Id, default)).Value;
        }
        catch (NodeProblemException absent) when (absent.Status == HttpStatusCode.NotFound && absent.Type == "transaction-not-found")
        {
            return null;
        }
        catch (RefusedException expired) when (expired.Outcome == Outcome.Expired)
        {
            return null;
        }
    }

    private async Task ResendAsync(Sent sent)
    {
        var wasRecorded = sent.IsRecorded;
        var first = (await node.SubmitAsync(book.Chain, sent.Envelope, default)).Value;
        Assert.True(first.AlreadyCommitted == wasRecorded, $"transaction {sent.Id} was {(wasRecorded ? "" : "not ")}there, and sent again it was told that it was {(first.AlreadyCommitted ? "" : "not ")}");
        RequireSame(sent, first);
        sent.Acknowledge(sent.Answer ?? first);
        sent.Receipt ??= await node.GetReceiptAsync(book.Chain, sent.Id, null, default);

        var again = (await node.SubmitAsync(book.Chain, sent.Envelope, default)).Value;
        Assert.True(again.AlreadyCommitted, $"transaction {sent.Id} was taken a second time");
        RequireSame(sent, again);
        Assert.Equal(sent.Receipt, await node.GetReceiptAsync(book.Chain, sent.Id, null, default));
    }

    /// <summary>Place, time, outcome and every effect, whether told live, from the log, or to a second submission.</summary>
    private static void RequireSame(Sent sent, TransactionAnswer told)
    {
        if (sent.Answer is { } before)
        {
            Assert.Equal(Essence(before), Essence(told));
        }
    }

    private static string Essence(TransactionAnswer answer) =>
        JsonSerializer.Serialize(answer with { AlreadyCommitted = false, Detail = null });
}
