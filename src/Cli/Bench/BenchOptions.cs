using System.CommandLine;
using Actors.Cli.Databases;
using Actors.Cli.Terminals;
using Actors.Ledger;

namespace Actors.Cli.Bench;

/// <summary>What <c>bench transfers</c> understands, and what it takes where nothing is said.</summary>
internal sealed class BenchOptions
{
    private const int AccountsPerKeyset = 10;
    private const int ChainsMax = 1_024;
    private readonly Option<string> _signing = new("--signing") { Description = "single: each transfer is signed. bulk: one signature over many, by one owner, who is debited; any account is credited.", DefaultValueFactory = _ => "single" };
    private readonly Option<string> _over = new("--over") { Description = "process: the engine in this process. http: one transaction a request. http-stream: one request for all.", DefaultValueFactory = _ => "process" };
    private readonly Option<int> _accounts = RunOption.Count("--accounts", "Accounts, without the issuer's.", 1_000_000);
    private readonly Option<int?> _keysets = RunOption.Count("--keysets", $"Owners. [default: one for {AccountsPerKeyset} accounts]");
    private readonly Option<int> _chains = RunOption.Count("--chains", "Chains that share accounts and load evenly.", 1);
    private readonly Option<int> _seconds = RunOption.Count("--seconds", "How long to measure.", 10);
    private readonly Option<int> _warmUp = RunOption.Count("--warm-up", "Seconds before that.", 3);
    private readonly Option<int> _bulk = RunOption.Count("--bulk-size", "Transfers under one signature, with --signing bulk.", Limits.OperationsPerTransactionMax);
    private readonly Option<int?> _inFlight = RunOption.Count("--in-flight", "Transactions sent and not yet answered. [default: by transport and signing]");
    private readonly Option<int?> _rate = RunOption.Count("--rate", "Transfers a second to sign for beforehand. [default: by transport and signing]");
    private readonly Option<int?> _pace = RunOption.Count("--pace", "Offer this many transfers a second instead of as many as are answered.");
    private readonly Option<string?> _data = new("--data") { Description = "An empty folder for the chain, which is kept. [default: a temporary one]", HelpName = "DIR" };
    private readonly Option<string?> _store = StoreOption.ForRun("A PostgreSQL database with the tables of 'actors db migrate' for the chain, which stays there");

    public Command AddTo(Command command)
    {
        _signing.AcceptOnlyFromAmong("single", "bulk");
        _over.AcceptOnlyFromAmong("process", "http", "http-stream");
        foreach (var option in (IEnumerable<Option>)[_signing, _over, _accounts, _keysets, _chains, _seconds, _warmUp, _bulk, _inFlight, _rate, _pace, _data, _store])
        {
            command.Add(option);
        }

        return command;
    }

    public BenchSettings Read(Session session, CommonOptions common)
    {
        var signing = session.Get(_signing) == "bulk" ? Signing.Bulk : Signing.Single;
        var over = session.Get(_over) switch { "http" => Transport.Http, "http-stream" => Transport.HttpStream, _ => Transport.InProcess };
        var accounts = session.Get(_accounts);
        var settings = new BenchSettings
        {
            Signing = signing,
            Over = over,
            Accounts = accounts,
            Keysets = session.Find(_keysets) ?? Math.Max(1, accounts / AccountsPerKeyset),
            Chains = session.Get(_chains),
            Measured = TimeSpan.FromSeconds(session.Get(_seconds)),
            WarmUp = TimeSpan.FromSeconds(session.Get(_warmUp)),
            TransfersPerTransaction = signing == Signing.Bulk ? session.Get(_bulk) : 1,
            InFlightMax = session.Find(_inFlight) ?? InFlightDefault(signing, over),
            PresignRate = session.Find(_rate) ?? RateDefault(signing, over),
            Pace = session.Find(_pace),
            DataFolder = session.Find(_data),
            Store = session.Find(_store) is { } store ? StoreOption.Resolve(store) : null,
            Node = over != Transport.InProcess && session.Has(common.Node) ? session.NodeAddress(common) : null,
        };
        Check(settings, session.Has(common.Node));
        return settings;
    }

    private static int InFlightDefault(Signing signing, Transport over) => (signing, over) switch
    {
        (Signing.Bulk, _) => 16,
        (_, Transport.Http) => 256,
        (_, Transport.HttpStream) => 4_096,
        _ => 4_096,
    };

    private static int RateDefault(Signing signing, Transport over) => (signing, over) switch
    {
        (Signing.Bulk, Transport.InProcess) => 2_000_000,
        (Signing.Bulk, _) => 1_000_000,
        (_, Transport.InProcess) => 40_000,
        (_, Transport.HttpStream) => 25_000,
        _ => 15_000,
    };

    private static void Check(BenchSettings settings, bool nodeGiven)
    {
        RunOption.Require(settings.Chains <= ChainsMax, $"a run has at most {ChainsMax} chains");
        RunOption.Require(settings.AccountsPerChain >= 2, $"a transfer needs two accounts: --accounts must be 2 or more for each of {settings.Chains} chains");
        RunOption.Require(settings.KeysetsPerChain <= settings.AccountsPerChain, $"{settings.Keysets} keysets cannot own {settings.Accounts} accounts of {settings.Chains} chains, at least one each");
        RunOption.Require(settings.Keysets <= settings.Accounts, $"{settings.Keysets} keysets cannot own {settings.Accounts} accounts, at least one each");
        RunOption.Require(settings.TransfersPerTransaction <= Limits.OperationsPerTransactionMax, $"a bulk has at most {Limits.OperationsPerTransactionMax} transfers");
        RunOption.Require(settings.SigningMax > TimeSpan.FromSeconds(10), $"signing, warm-up and measurement must fit in the {BenchSettings.ValidityMax.TotalMinutes:0} minutes that a signature's expiry may lie ahead: --seconds and --warm-up are too long");
        RunOption.Require(!nodeGiven || settings.Over != Transport.InProcess, "--node goes with --over http or http-stream");
        RunOption.Require(settings.Node is null || settings.Store is null, "--store goes with a node of the run's own, not with --node");
        RunOption.Require(settings.Node is null || settings.DataFolder is null, "--data goes with a node of the run's own, not with --node");
    }
}
