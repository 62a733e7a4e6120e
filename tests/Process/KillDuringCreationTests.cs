using System.Net;
using Actors.Cli.Client;
using Actors.ProcessTests.Load;
using Actors.ProcessTests.Oracle;
using Actors.ProcessTests.Programs;

namespace Actors.ProcessTests;

/// <summary>A node killed while it makes a chain.</summary>
public sealed class KillDuringCreationTests : IDisposable
{
    private const int Rounds = 6;
    private static readonly TimeSpan CreationMax = TimeSpan.FromSeconds(30);
    private readonly DataFolder _folder = new();
    private readonly Random _random = new(TestSettings.Seed);
    private GatewayProcess? _gateway;

    [Fact]
    public async Task A_chain_that_a_kill_left_half_made_is_not_there_and_can_be_made()
    {
        var round = 0;
        var halfMade = 0;
        await Seeded.RunAsync(
            async () =>
            {
                for (round = 1; round <= Rounds; round++)
                {
                    halfMade += await RunAsync($"made-{round}") ? 1 : 0;
                }

                Assert.True(halfMade > 0, "expected a kill within a creation at least once");
                await ActorsCommand.SucceedAsync("audit", "--data", _folder.Path);
            },
            () => $"round {round}, {halfMade} half made");
    }

    public void Dispose()
    {
        _gateway?.Dispose();
        _folder.Dispose();
    }

    /// <summary>True if the kill came between the beginning of the creation and its end.</summary>
    private async Task<bool> RunAsync(string chain)
    {
        _gateway ??= await GatewayProcess.StartAsync(_folder.Path);
        using var lost = new Book(Actors.Ledger.ChainId.Parse(chain));
        var creating = _gateway.Client.CreateChainAsync(lost.Creation, default);
        await Task.Run(() => FolderWatch.WaitFor(_folder.Chains, $"*{chain}*", CreationMax));
        await Task.Delay(_random.Next(0, 12));
        _gateway.Kill();
        var wasAcknowledged = await EndedWellAsync(creating);
        var isHalf = FolderWatch.Has(_folder.Chains, $".creating-{chain}.*");
        _gateway.Dispose();
        _gateway = await GatewayProcess.StartAsync(_folder.Path);

        var isListed = (await _gateway.Client.ListChainsAsync(default)).Contains(chain);
        Assert.True(isListed || !wasAcknowledged, $"chain {chain} was acknowledged and is not there");
        if (isListed)
        {
            Assert.Equal(0UL, (await _gateway.Client.GetChainAsync(lost.Chain, default)).Value.Height);
            var exists = await Assert.ThrowsAsync<NodeProblemException>(() => _gateway.Client.CreateChainAsync(lost.Creation, default));
            Assert.Equal("chain-exists", exists.Type);
            return isHalf;
        }

        var absent = await Assert.ThrowsAsync<NodeProblemException>(() => _gateway.Client.GetChainAsync(lost.Chain, default));
        Assert.Equal(HttpStatusCode.NotFound, absent.Status);
        using var book = await Book.OpenAsync(_gateway.Client, chain, payers: 2, accountsEach: 2);
        await new BalanceCheck(_gateway.Client, book).CheckAsync();
        Assert.False(FolderWatch.Has(_folder.Chains, ".creating-*"), "expected what a kill left to be removed by the next creation");
        return isHalf;
    }

    private static async Task<bool> EndedWellAsync(Task<Answered<ChainAnswer>> creating)
    {
        try
        {
            await creating.WaitAsync(CreationMax);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
