using System.Text.Json.Nodes;
using Actors.Cli.Client;
using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Assets;
using Actors.Ledger.Chains;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;
using Actors.Ledger.Transfers;

namespace Actors.ProcessTests.Load;

/// <summary>
/// A chain with one asset, its issuer's account, and payers with accounts so far apart that each lies in a page of its own: what a
/// client does then changes many pages, as in a large chain.
/// </summary>
internal sealed class Book : IDisposable
{
    private const ulong PageRecords = 64;
    private const long StartAmount = 1_000_000;
    private readonly SigningKey _operator = SigningKey.Create();

    public Book(ChainId chain)
    {
        Chain = chain;
    }

    public ChainId Chain { get; }

    public Genesis Genesis { get; private set; } = null!;

    public Journal Journal { get; } = new();

    public IReadOnlyList<Payer> Payers { get; private set; } = [];

    public AccountNumber Issuer { get; private set; }

    /// <summary>Every account that can have a balance.</summary>
    public IEnumerable<AccountNumber> Accounts => [Issuer, .. Payers.SelectMany(payer => payer.Accounts)];

    public static async Task<Book> OpenAsync(NodeClient node, string chain, int payers, int accountsEach)
    {
        var book = new Book(ChainId.Parse(chain));
        await node.CreateChainAsync(book.Creation, default);
        book.Genesis = await node.GetGenesisAsync(book.Chain, default);
        await book.FillAsync(node, payers, accountsEach);
        return book;
    }

    public JsonObject Creation => new()
    {
        ["id"] = Chain.Value,
        ["openWithoutIssuerMax"] = Limits.AccountsPerOpenMax,
        ["operator"] = new JsonObject
        {
            ["threshold"] = 1,
            ["keys"] = new JsonArray(new JsonObject { ["key"] = _operator.Public.ToString(), ["weight"] = 1 }),
        },
    };

    public void Dispose()
    {
        _operator.Dispose();
        foreach (var payer in Payers)
        {
            payer.Dispose();
        }
    }

    /// <summary>Everything in one transaction: the asset, the issuer's account, each payer's keyset and accounts, and their first money.</summary>
    private async Task FillAsync(NodeClient node, int payers, int accountsEach)
    {
        var builder = new TransactionBuilder(Genesis.Hash);
        var issuer = EntityReference.Numbered(1);
        var asset = builder.Create(new CreateAsset(issuer, 2, "EUR"));
        var keys = Enumerable.Range(0, payers).Select(_ => SigningKey.Create()).ToArray();
        var keysets = keys.Select(key => builder.Create(new OpenKeyset(KeysetDefinition.Single(key.Public)))).ToArray();
        var money = builder.Open(new OpenAccounts(issuer, asset, 1, AccountLimits.NoFloor));
        var ranges = keysets.Select(keyset => builder.Open(new OpenAccounts(keyset, asset, PageRecords * (ulong)accountsEach))).ToArray();
        foreach (var range in ranges)
        {
            for (var i = 0; i < accountsEach; i++)
            {
                builder.Add(new Transfer(money(0), range((ulong)i * PageRecords), StartAmount));
            }
        }

        var transaction = builder.Build(Expiries.Next());
        var sent = new Sent(transaction, builder.Operations, builder.Sign(transaction, [_operator, .. keys]));
        Journal.Write(sent);
        sent.Acknowledge((await node.SubmitAsync(Chain, sent.Envelope, default)).Value);
        var created = sent.Answer!.Operations.Where(operation => operation.Created is not null).Select(operation => operation.Created!.Value).ToArray();
        Issuer = new AccountNumber(created[1 + payers]);
        Payers = [.. keys.Select((key, i) => new Payer(this, key, (uint)created[1 + i], Spread(created[2 + payers + i], accountsEach)))];
    }

    private static AccountNumber[] Spread(ulong first, int count) => [.. Enumerable.Range(0, count).Select(i => new AccountNumber(first + ((ulong)i * PageRecords)))];
}
