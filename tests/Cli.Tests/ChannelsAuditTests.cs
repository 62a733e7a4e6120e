using Actors.Cli.Client;
using Actors.Engine;
using Actors.Engine.Relays;
using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Assets;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;
using Actors.Ledger.Transfers;

namespace Actors.Cli.Tests;

/// <summary>Auditing two chains with a channel, while the node that runs them goes on.</summary>
public sealed class ChannelsAuditTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly SigningKey _key = SigningKey.Create();
    private LedgerNode _node = null!;
    private ILedgerChain _home = null!;
    private ILedgerChain _away = null!;

    public async Task InitializeAsync()
    {
        _node = LedgerNode.Open(new LedgerNodeOptions { DataFolder = _folder["data"] });
        _home = await _node.CreateChainAsync(new ChainCreation(ChainId.Parse("home"), KeysetDefinition.Single(_key.Public)), default);
        _away = await _node.CreateChainAsync(new ChainCreation(ChainId.Parse("away"), KeysetDefinition.Single(_key.Public)), default);
        var one = EntityReference.Numbered(1);
        await DoAsync(_home, new CreateAsset(one, 2, "EUR"), new OpenAccounts(one, EntityReference.Created(0), 1, AccountLimits.NoFloor), new OpenAccounts(one, EntityReference.Created(0), 1));
        await DoAsync(_home, new Transfer(Account(1), Account(2), 1_000_000), new OpenPeer(ChainId.Parse("away"), _away.Genesis), new OpenChannel(EntityReference.Created(0), 10_000));
        await DoAsync(_away, new OpenPeer(ChainId.Parse("home"), _home.Genesis), new OpenChannel(EntityReference.Created(0), 10_000, 1));
        await UntilAsync(_home, position => position.Cursor.IsConfirmed);
        await UntilAsync(_away, position => position.Cursor.IsConfirmed);
        await DoAsync(_home, new OpenRoute(one, one));
        await DoAsync(_away, new OpenRoute(one, default, new Voucher(1, 2, "HOME.EUR")));
        await DoAsync(_away, new OpenAccounts(one, one, 1));
    }

    [Fact]
    public async Task Two_chains_of_a_data_folder_agree_and_the_answer_says_on_what()
    {
        await SendAsync(700);
        await UntilAsync(_home, position => position.Settled == position.Sent);

        var run = (await CliRun.OfAsync("audit", "--data", _folder["data"], "--chain", "home", "--chain", "away", "--genesis", $"{_home.Genesis.Hash}", "--genesis", $"{_away.Genesis.Hash}", "--json")).Expect(ExitCode.Fine);

        var channels = run.Json["channels"]!;
        Assert.True(run.Json["clean"]!.GetValue<bool>() && channels["clean"]!.GetValue<bool>());
        var route = Assert.Single(channels["routes"]!.AsArray())!;
        Assert.Equal(("home", "away", "700", "700", "0"), (route["home"]!.GetValue<string>(), route["away"]!.GetValue<string>(), route["escrow"]!.GetValue<string>(), route["vouchers"]!.GetValue<string>(), route["inFlightOut"]!.GetValue<string>()));
        Assert.Contains("700 in escrow, 700 in vouchers", (await CliRun.OfAsync("audit", "--data", _folder["data"])).Expect(ExitCode.Fine).Out);
        Assert.Contains("700 in escrow", (await CliRun.OfAsync("audit", "--chain", "home=" + _folder["data"], "--chain", "away=" + _folder["data"])).Expect(ExitCode.Fine).Out);
    }

    [Fact]
    public async Task Chains_that_go_on_meanwhile_agree_at_a_cut()
    {
        using var stop = new CancellationTokenSource();
        var sending = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await SendAsync(3);
            }
        });

        for (var i = 0; i < 3; i++)
        {
            var run = (await CliRun.OfAsync("audit", "--data", _folder["data"], "--json")).Expect(ExitCode.Fine);
            Assert.True(run.Json["channels"]!["clean"]!.GetValue<bool>());
        }

        await stop.CancelAsync();
        await sending;
    }

    [Fact]
    public async Task One_chain_alone_is_audited_for_itself()
    {
        var run = (await CliRun.OfAsync("audit", "--data", _folder["data"], "--chain", "away", "--json")).Expect(ExitCode.Fine);

        Assert.False(run.Json.ContainsKey("channels"));
    }

    [Fact]
    public async Task What_cannot_be_meant_is_refused()
    {
        (await CliRun.OfAsync("audit", "--data", _folder["data"], "--chain", "home", "--chain", "home")).Expect(ExitCode.CouldNotRun).ExpectError("named twice");
        (await CliRun.OfAsync("audit", "--data", _folder["data"], "--chain", "home", "--chain", "home=" + _folder["data"])).Expect(ExitCode.CouldNotRun).ExpectError("are the same chain");
        (await CliRun.OfAsync("audit", "--data", _folder["data"], "--chain", "home", "--chain", "away", "--genesis", $"{_home.Genesis.Hash}")).Expect(ExitCode.CouldNotRun).ExpectError("one for each, in their order");
        (await CliRun.OfAsync("audit", "--chain", "home=" + _folder["nowhere"])).Expect(ExitCode.CouldNotRun).ExpectError("there is no data folder");
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        _key.Dispose();
        _folder.Dispose();
    }

    private Task SendAsync(long amount) =>
        DoAsync(_home, new Send(Account(2), new AccountNumber(3), new AccountNumber(2), amount, new Timestamp((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 600_000)));

    private async Task DoAsync(ILedgerChain chain, params IOperation[] operations)
    {
        var builder = new TransactionBuilder(chain.Genesis.Hash);
        Array.ForEach(operations, operation => builder.Add(operation));
        var transaction = builder.Build(new Timestamp((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 60_000));
        var result = await chain.SubmitAsync(builder.Sign(transaction, [_key]), default);
        Assert.Equal(Ledger.Transactions.Outcome.Committed, result.Outcome);
    }

    private static async Task UntilAsync(ILedgerChain chain, Func<RelayPosition, bool> holds)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var height = (await chain.GetStatusAsync(false, deadline.Token)).Height;
            if (await ((IRelayEnd)chain).GetRelayPositionAsync(1, deadline.Token) is { } position && holds(position))
            {
                return;
            }

            await chain.WaitForBlockAsync(height, deadline.Token);
        }
    }

    private static AccountReference Account(ulong number) => AccountReference.Numbered(new AccountNumber(number));
}
