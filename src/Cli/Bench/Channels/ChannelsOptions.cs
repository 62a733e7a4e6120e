using System.CommandLine;
using Actors.Cli.Databases;
using Actors.Cli.Terminals;
using Actors.Ledger;

namespace Actors.Cli.Bench.Channels;

/// <summary>What a run of <c>bench channels</c> does.</summary>
internal sealed record ChannelsSettings(int Pairs, int Accounts, int SendsPerBulk, TimeSpan WarmUp, TimeSpan Measured, int BulksInFlightMax, int PresignRate, int? Pace, string? DataFolder, string? Store, bool OverRelay)
{
    /// <summary>Bulks a pair signs: enough for the whole run at the expected rate.</summary>
    public int BulksPerPair => (int)Math.Ceiling((Pace ?? PresignRate) / (double)Pairs * (WarmUp + Measured).TotalSeconds / SendsPerBulk) + BulksInFlightMax;
}

/// <summary>What <c>bench channels</c> understands, and what it takes where nothing is said.</summary>
internal sealed class ChannelsOptions
{
    private readonly Option<int> _pairs = RunOption.Count("--pairs", "Pairs of chains, each with one channel.", 1);
    private readonly Option<int> _accounts = RunOption.Count("--accounts", "Accounts on each chain.", 100_000);
    private readonly Option<int> _bulk = RunOption.Count("--bulk-size", "Sends under one signature.", Limits.OperationsPerTransactionMax);
    private readonly Option<int> _seconds = RunOption.Count("--seconds", "How long to measure.", 10);
    private readonly Option<int> _warmUp = RunOption.Count("--warm-up", "Seconds before that.", 3);
    private readonly Option<int> _inFlight = RunOption.Count("--in-flight", "Bulks of a pair sent and not yet acknowledged.", 12);
    private readonly Option<int> _rate = RunOption.Count("--rate", "Messages a second, over all pairs, to sign for beforehand.", 250_000);
    private readonly Option<int?> _pace = RunOption.Count("--pace", "Offer this many messages a second over all pairs instead of as many as are acknowledged.");
    private readonly Option<string> _over = new("--over") { Description = "process: the engine in this process, which carries its channels itself. relay: two gateways in processes of their own, joined by what 'actors relay' runs.", DefaultValueFactory = _ => "process" };
    private readonly Option<string?> _data = new("--data") { Description = "An empty folder for the chains, which is kept. [default: a temporary one]", HelpName = "DIR" };
    private readonly Option<string?> _store = StoreOption.ForRun("A PostgreSQL database with the tables of 'actors db migrate' for the chains, which stay there");

    public Command AddTo(Command command)
    {
        _over.AcceptOnlyFromAmong("process", "relay");
        foreach (var option in (IEnumerable<Option>)[_over, _pairs, _accounts, _bulk, _seconds, _warmUp, _inFlight, _rate, _pace, _data, _store])
        {
            command.Add(option);
        }

        return command;
    }

    public ChannelsSettings Read(Session session)
    {
        var settings = new ChannelsSettings(
            session.Get(_pairs),
            session.Get(_accounts),
            session.Get(_bulk),
            TimeSpan.FromSeconds(session.Get(_warmUp)),
            TimeSpan.FromSeconds(session.Get(_seconds)),
            session.Get(_inFlight),
            session.Get(_rate),
            session.Find(_pace),
            session.Find(_data),
            session.Find(_store) is { } typed ? StoreOption.Resolve(typed) : null,
            session.Get(_over) == "relay");
        RunOption.Require(settings.SendsPerBulk <= Limits.OperationsPerTransactionMax, $"a bulk has at most {Limits.OperationsPerTransactionMax} sends");
        RunOption.Require(settings.BulksInFlightMax * (long)settings.SendsPerBulk <= Limits.InFlightMax, $"a channel has at most {Limits.InFlightMax} packets in flight: --in-flight times --bulk-size is more");
        RunOption.Require(settings.WarmUp + settings.Measured <= TimeSpan.FromMinutes(3), "warm-up and measurement must fit in three minutes: an expiry lies at most five minutes ahead");
        RunOption.Require(settings.Store is null || !settings.OverRelay, "--store goes with --over process: two nodes that share a database need no relay between them");
        return settings;
    }
}
