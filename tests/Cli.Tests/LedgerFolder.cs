using Actors.Cli.Client;
using Actors.Cli.Keys;
using Actors.Engine;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Assets;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;
using Actors.Ledger.Transfers;

namespace Actors.Cli.Tests;

/// <summary>
/// A data folder with one chain, demo: an issuer's account 1 and a holder's account 2 with 100, one transfer refused. The node that made it
/// has stopped; its proof files lie beside it.
/// </summary>
public sealed class LedgerFolder : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    public string Data => _folder["data"];

    public string Backup => _folder["backup"];

    public string SealingKeys => Path.Combine(Data, "sealing-keys", "demo");

    public string Genesis { get; private set; } = "";

    /// <summary>The operator's key file.</summary>
    public string OperatorKey => _folder["operator.pem"];

    public static string Address(ulong account) => new Address(ChainId.Parse("demo"), new AccountNumber(account)).ToString();

    public string Receipt => _folder["receipt"];

    public string RefusalReceipt => _folder["refusal"];

    public string AccountProof => _folder["proof"];

    public string MissingAccountProof => _folder["missing"];

    public string Statement => _folder["statement"];

    public async Task InitializeAsync()
    {
        await using var node = LedgerNode.Open(new LedgerNodeOptions { DataFolder = Data });
        using var key = SigningKey.Create();
        KeyFile.Write(OperatorKey, key);
        var chain = await node.CreateChainAsync(new ChainCreation(ChainId.Parse("demo"), KeysetDefinition.Single(key.Public)), default);
        Genesis = chain.Genesis.Hash.ToString();
        var issued = await SubmitAsync(chain, key, builder =>
        {
            var owner = EntityReference.Numbered(1);
            var asset = builder.Create(new CreateAsset(owner, 2, "EUR"));
            var issuer = builder.Open(new OpenAccounts(owner, asset, 1, AccountLimits.NoFloor));
            var holder = builder.Open(new OpenAccounts(owner, asset, 1));
            builder.Add(new Transfer(issuer(0), holder(0), 100));
        });
        var refused = await SubmitAsync(chain, key, builder => builder.Add(new Transfer(Account(2), Account(1), 101)));
        await File.WriteAllBytesAsync(Receipt, (await chain.GetReceiptAsync(issued.Id!.Value, null, default))!);
        await File.WriteAllBytesAsync(RefusalReceipt, (await chain.GetReceiptAsync(refused.Id!.Value, 0, default))!);
        await File.WriteAllBytesAsync(AccountProof, await chain.ProveAccountAsync(new AccountNumber(2), default));
        await File.WriteAllBytesAsync(MissingAccountProof, await chain.ProveAccountAsync(new AccountNumber(3), default));
        await File.WriteAllBytesAsync(Statement, (await chain.GetStatementFileAsync(new AccountNumber(2), new StatementQuery(), default))!);
        await chain.BackupAsync(Backup, default);
    }

    public Task DisposeAsync()
    {
        _folder.Dispose();
        return Task.CompletedTask;
    }

    private static AccountReference Account(ulong number) => AccountReference.Numbered(new AccountNumber(number));

    private static async Task<SubmissionResult> SubmitAsync(ILedgerChain chain, SigningKey key, Action<TransactionBuilder> compose)
    {
        var builder = new TransactionBuilder(chain.Genesis.Hash);
        compose(builder);
        var transaction = builder.Build(new Timestamp((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() + 60_000));
        return await chain.SubmitAsync(builder.Sign(transaction, [key]), default);
    }
}
