using Actors.Ledger;

namespace Actors.Cli.Bench;

internal enum Signing
{
    /// <summary>Each transfer is a transaction with its own signature.</summary>
    Single,

    /// <summary>One signature over a transaction of many transfers.</summary>
    Bulk,
}

internal enum Transport
{
    InProcess,

    /// <summary>One transaction a request.</summary>
    Http,

    /// <summary>One long request that carries all of them, answered item by item.</summary>
    HttpStream,
}

/// <summary>What a run of <c>bench transfers</c> does.</summary>
internal sealed record BenchSettings
{
    public required Signing Signing { get; init; }

    public required Transport Over { get; init; }

    /// <summary>Of all chains together.</summary>
    public required int Accounts { get; init; }

    public required int Keysets { get; init; }

    /// <summary>Chains that share the accounts and the load evenly.</summary>
    public int Chains { get; init; } = 1;

    public int AccountsPerChain => Accounts / Chains;

    public int KeysetsPerChain => Math.Max(1, Keysets / Chains);

    public required TimeSpan Measured { get; init; }

    public required TimeSpan WarmUp { get; init; }

    /// <summary>Transfers in one transaction: 1 when each is signed.</summary>
    public required int TransfersPerTransaction { get; init; }

    /// <summary>Transactions submitted and not yet answered.</summary>
    public required int InFlightMax { get; init; }

    /// <summary>Transfers a second for which transactions are signed beforehand.</summary>
    public required long PresignRate { get; init; }

    /// <summary>Transfers a second that are offered; null: as many as are answered.</summary>
    public long? Pace { get; init; }

    public ulong Seed { get; init; } = 1;

    /// <summary>Kept when given; otherwise a temporary folder that is deleted afterwards.</summary>
    public string? DataFolder { get; init; }

    /// <summary>The connection string of the database that keeps the chain; null: SQLite in the data folder.</summary>
    public string? Store { get; init; }

    /// <summary>A node that runs already; null: one of our own.</summary>
    public Uri? Node { get; init; }

    /// <summary>Another program's way to what takes the load; null: as <see cref="Over"/> and <see cref="Node"/> say.</summary>
    public Func<CancellationToken, Task<IBenchTarget>>? OpenTarget { get; init; }

    /// <summary>It was there before the run, with chains of others in it, and stays.</summary>
    public bool IsForeign => Node is not null || OpenTarget is not null;

    /// <summary>How many transactions to sign for each chain: enough for the whole run at the expected rate.</summary>
    public int PresignedMax
    {
        get
        {
            var transfers = (Pace ?? PresignRate) * (Measured + WarmUp).TotalSeconds;
            return (int)Math.Min(Math.Ceiling(((transfers / TransfersPerTransaction) + InFlightMax) / Chains), TransactionsMax / Chains);
        }
    }

    /// <summary>
    /// An expiry lies at most five minutes ahead and is fixed by the signature, so signing, warm-up and measurement must fit in it.
    /// </summary>
    public static TimeSpan ValidityMax { get; } = TimeSpan.FromMilliseconds(Limits.ValidityMsMax);

    /// <summary>Left over at the end of the validity, for clocks and for answers still on their way.</summary>
    public static TimeSpan ValidityReserve { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How long signing may take before the run must begin, for all chains.</summary>
    public TimeSpan SigningMax => ValidityMax - ValidityReserve - WarmUp - Measured;

    private const int TransactionsMax = 20_000_000;
}
