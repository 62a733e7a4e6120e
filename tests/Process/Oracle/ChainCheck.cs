using System.Text.Json.Nodes;
using Actors.ProcessTests.Load;
using Actors.ProcessTests.Programs;

namespace Actors.ProcessTests.Oracle;

/// <summary>Everything that must hold of a chain whose node was just started again.</summary>
internal static class ChainCheck
{
    public static async Task AfterRestartAsync(GatewayProcess gateway, Book book, Random random)
    {
        var head = (await gateway.Client.GetChainAsync(book.Chain, default)).Value;
        Assert.Equal(book.Genesis.Hash.ToString(), head.GenesisHash);
        Assert.True(head.Height >= book.Journal.AcknowledgedHeight, $"the head is at {head.Height}, a client was told of block {book.Journal.AcknowledgedHeight}");
        Assert.Empty(head.Notices);
        Assert.Null(head.WritesStopped);

        await new RecordCheck(gateway.Client, book, random).CheckAsync(book.Journal.TakeNew());
        RecordCheck.RequirePlacesOnce(book.Journal.All.Where(sent => sent.IsRecorded));
        await new BalanceCheck(gateway.Client, book).CheckAsync();
    }

    /// <summary>All over again for all of them, and what an auditor and a receipt's holder see from outside.</summary>
    public static async Task AtTheEndAsync(GatewayProcess gateway, Book book, DataFolder folder, Random random)
    {
        await new RecordCheck(gateway.Client, book, random).CheckUnchangedAsync([.. book.Journal.All]);
        var recorded = book.Journal.All.Count(sent => sent.IsRecorded);
        RequireClean(book, recorded, await ActorsCommand.SucceedAsync("audit", "--json", "--node", gateway.Address.ToString(), "--chain", book.Chain.Value, "--genesis", book.Genesis.Hash.ToString()));
        RequireClean(book, recorded, await ActorsCommand.SucceedAsync("audit", "--json", "--data", folder.Path));
    }

    public static async Task VerifyAsync(Book book, DataFolder folder, IEnumerable<Sent> withReceipts)
    {
        foreach (var sent in withReceipts)
        {
            var file = folder.Beside($"{sent.Id}.receipt");
            await File.WriteAllBytesAsync(file, sent.Receipt!);
            await ActorsCommand.SucceedAsync("verify", file, "--genesis", book.Genesis.Hash.ToString());
        }
    }

    /// <summary>The audit counts what the clients counted: nothing else is in the chain.</summary>
    private static void RequireClean(Book book, int recorded, ActorsCommand audit)
    {
        var chain = JsonNode.Parse(audit.Output)!["chains"]!.AsArray().Single(one => (string)one!["chain"]! == book.Chain.Value)!;
        Assert.Equal(recorded.ToString(), (string)chain["transactions"]!);
    }
}
